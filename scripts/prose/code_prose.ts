import { blank } from "./markdown_prose.ts";

/**
 * The prose in a TypeScript text: its string literals with blanks in them, with blanks instead of everything
 * else, so that every word keeps its line and column. Literals without a blank are names. Nothing is parsed:
 * a regular expression that contains a quotation mark may hide the literals in the rest of its line.
 */
export function literalsOf(source: string): string {
  let prose = "";
  for (const { 0: token, index, groups } of source.matchAll(TOKEN)) {
    prose += blank(source.slice(prose.length, index));
    const { string, template } = groups!;
    const isProse = string !== undefined ? /\S \S/.test(string) : template !== undefined;
    prose += isProse ? withoutExpressions(token) : blank(token);
  }
  return prose + blank(source.slice(prose.length));
}

const COMMENT = /\/\/[^\n]*|\/\*[^]*?\*\//;
const STRING = /(?<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/;
// An expression in a template may contain another pair of braces, but no deeper ones.
const EXPRESSION = /\$\{(?:[^{}]|\{[^{}]*\})*\}/;
const TEMPLATE = new RegExp("(?<template>`(?:" + EXPRESSION.source + "|[^`\\\\]|\\\\[^])*`)");
const TOKEN = new RegExp([COMMENT, STRING, TEMPLATE].map(({ source }) => source).join("|"), "g");
const EXPRESSIONS = new RegExp(EXPRESSION.source, "g");

function withoutExpressions(literal: string): string {
  return literal.replaceAll(EXPRESSIONS, blank);
}
