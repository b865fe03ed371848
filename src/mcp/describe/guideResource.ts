/** The one resource of the server: how to write plans and read answers, for a model that wants to know more than the tool says. */
export const guideResource = {
  uri: 'millrace://guide',
  name: 'guide',
  title: 'Plans and answers of millrace',
  description: 'How to write a plan for batch_execute, with examples, and how to read its answer.',
  mimeType: 'text/markdown',
} as const

export const guideText = `# Plans

A call of batch_execute is a list of operations. Each has a type and params; add an id if another operation refers to it.

    {"operations":[
      {"id":"pkg","type":"file.read","params":{"path":"package.json"}},
      {"type":"file.edit","params":{"path":"src/a.ts","edits":[{"find":"old","replace":"new"}]}},
      {"id":"test","type":"shell.run","params":{"command":["npm","test"]},"timeoutMs":120000}
    ]}

- Operations run in parallel. Operations on the same path keep the order of the list: the test above runs after the edit. Use
  "dependencies" only for an order that paths do not show. Tools of one server keep their order; HTTP requests do not.
- Use a result in a later operation as {"$ref":"pkg.content"}, or within text as {"$template":"Read: {{pkg.content}}"}. The path is an id
  and keys, with [0] for a position in a list. A reference is a dependency.
- {"$secret":"NAME"} is a variable of the server that its owner allows; {"$literal":x} is x itself, not searched for references.
- "when" says which outcomes of the dependencies let an operation run: "success" (default), "settled", "any-failed", "none-failed". A failure
  skips only its dependents. "onFailure" of the plan: "continue", "no-new", "cancel", "rollback" (undoes file changes).
- "retry":3 tries up to three times; "fallback":value is the result if every attempt fails; "timeoutMs" limits one attempt.
- A service, such as a development server: "service":true and "ready":{"port":3000} (or {"line":"listening"}, {"url":"http://localhost:3000/"}) on
  shell.run. Its dependents start when it is ready, and it ends after the last of them. {"$ref":"id.url"} is its address.
- A command is a list, and no shell reads it. To use a shell: ["sh","-c","npm test | tail"].
- "dryRun":true shows what waits for what, and runs nothing. It also reports everything that the server would refuse.

# Answers

The first line counts outcomes, failures first. Every other line outside a fence begins with an id or a path: op1, op1.content. Every line inside
a fence is the exact value. The last line, "The rest: …", is the call that returns everything not shown: copy it.

- Values come back except those of file changes. "returns":["a","b.bytes"] chooses values; "none" leaves only failures.
- The output of a failed program keeps its end. batch_status {"batchId":"…","operations":["test.stdout@2000-9000"]} reads a piece of it.
- A search result looks like that of grep: a line for each path, and below it line:text. Do not copy the line numbers into an edit.
- A batch that takes longer than waitMs answers with its id: batch_status waits for it, batch_cancel stops it.
- batch_execute {"retry":"b-…"} runs again what failed and what was skipped because of it; {"resume":"b-…"} runs what was interrupted or
  cancelled. All other results are reused. Send "operations" too if they have to change, or if the server was restarted. "rerun", "from" and
  "done" answer what a refusal asks.
`
