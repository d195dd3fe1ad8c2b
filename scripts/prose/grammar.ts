import { Dialect, LocalLinter } from "harper.js";
import { binaryInlined } from "harper.js/binaryInlined";
import { type Finding, placeOf } from "./finding.ts";

/** Disabled rules of Harper, with the reasons. */
const OFF: Record<string, string> = {
  SpellCheck: "cspell does that, with our own words",
  UseTitleCase: "headings are in sentence case, as Google's style guide wants them",
  SentenceCapitalization: "cells of tables and items of lists are no sentences",
  ExpandControl: "Ctrl-C is the name of a key",
  ExpandMemoryShorthands: "MiB and GB are units",
  ExpandTimeShorthands: "ms and us are units",
  ExpandConfiguration: "it takes names of files and variables for words",
  OrthographicConsistency: "names are written as their owners write them",
  SplitWords: "it takes names for compounds",
  MergeWords: "it takes the ends of code for words",
  OkToOkay: "OK is a status",
  DisjointPrefixes: 'it takes phrases such as "under way" for split words',
  MissingTo: 'it takes nouns after "needs" for verbs',
  MassNouns: "it knows few of the field's nouns",
  WayTooAdjective: 'it takes "way to" for "way too"',
  PronounVerbAgreement: "it takes a row that goes on from its heading for a sentence",
  HopHope: "a hop is one leg of a request's way",
};

/** Checks the grammar of Markdown texts. */
export interface GrammarChecker {
  check(markdown: string): Promise<Finding[]>;
}

/** Loads Harper, which takes seconds. */
export async function createGrammarChecker(): Promise<GrammarChecker> {
  const linter = new LocalLinter({ binary: binaryInlined, dialect: Dialect.American });
  await linter.setup();
  const rules = await linter.getDefaultLintConfig();
  for (const name of Object.keys(OFF)) {
    if (!Object.hasOwn(rules, name)) throw new Error(`Harper has no rule ${name}: remove it`);
    rules[name] = false;
  }
  await linter.setLintConfig(rules);
  return {
    async check(markdown) {
      const lints = await linter.lint(markdown, { language: "markdown" });
      return lints.map((lint) => ({
        ...placeOf(markdown, lint.span().start),
        text: lint.get_problem_text(),
        message: lint.message(),
      }));
    },
  };
}
