import { FIELDS } from "../../lib/query/fields.ts";
import { code, generatedNote, table } from "./markdown.ts";

const TERMS =
  `One language finds traces on the page, with \`--query\` in \`otel-kit traces\` and \`otel-kit tail\`, and in
the API's parameter \`query\`:

\`\`\`text
service:shop status:error duration>100ms http.route=/orders/:id "free text"
\`\`\`

A query describes one span: a trace matches if one of its spans meets all terms.

## Terms

| Term                       | Holds for a span                                                               |
| -------------------------- | ------------------------------------------------------------------------------ |
| \`field:value\`              | whose field has this value; \`field=value\` is the same                          |
| \`field:/orders/*\`          | whose field matches, where \`*\` stands for any text                             |
| \`field:"/orders/*"\`        | whose field has exactly this value: in quotes, \`*\` is a character              |
| \`field!=value\`             | that has the field, with another value                                         |
| \`field>100\`, \`>=\` \`<\` \`<=\` | whose field is a number, or a duration such as \`100ms\`, and compares like this |
| \`field exists\`             | that has the field                                                             |
| \`word\`, \`"some words"\`     | that contains the text, in any case                                            |

Values are compared as text, and as numbers if both are numbers. Text is searched for in names,
status messages, events, and the values of all attributes.

## Fields`;

const SYNTAX =
  `Any other field is an attribute of the span, its resource, its scope, its events, or its links. To search only
one of these, add a prefix: \`span.\`, \`resource.\`, \`scope.\`, \`event.\`, or \`link.\`, as in
\`resource.k8s.pod.name:shop-*\`.

## And, or, not

Adjacent terms must all hold. You can write \`and\` between them. \`and\` binds more tightly than
\`or\`. Parentheses group terms. \`not\` negates the term or the group after it. Outside parentheses, \`not\`
applies to the whole trace:

| Query                                         | Finds traces                                       |
| --------------------------------------------- | -------------------------------------------------- |
| \`service:shop not status:error\`               | that contain a span of the shop, but no error |
| \`(not status:error) duration>1s\`              | with a slow span that has no error                 |
| \`(service:shop or service:bank) status:error\` | with an error in one of the two services           |

A query has at most 1,000 characters and 100 terms. If a query can't be read, the error names
the position. The page and the command line mark it.`;

/** The page of the query language for traces. */
export function queryPage(): string {
  const rows = FIELDS.map(({ name, about, values }) => [
    code(name),
    values ? `${about}: ${values.map(code).join(", ")}` : about,
  ]);
  return [
    "# Query language",
    generatedNote("`lib/query/fields.ts`"),
    TERMS,
    table(["Field", "Value"], rows),
    "Units of `duration` are `ns`, `us`, `ms`, `s`, `m`, and `h`.",
    SYNTAX,
  ].join("\n\n");
}
