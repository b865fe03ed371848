/** The one resource of the server: how to write plans and read answers, for a model that wants to know more than the tool says. */
export const guideResource = {
  uri: 'millrace://guide',
  name: 'guide',
  title: 'Plans and answers of millrace',
  description: 'How to write a plan for batch_execute, with examples, and how to read its answer.',
  mimeType: 'text/markdown',
} as const

export const guideText = `# Plans

A call of batch_execute is a list of operations. Each has a type and params; give it an id when something refers to it.

    {"operations":[
      {"id":"pkg","type":"file.read","params":{"path":"package.json"}},
      {"type":"file.edit","params":{"path":"src/a.ts","edits":[{"find":"old","replace":"new"}]}},
      {"id":"test","type":"shell.run","params":{"command":["npm","test"]},"timeoutMs":120000}
    ]}

- Operations run in parallel. What touches the same path keeps the order of the list: the test above runs after the edit. Name
  "dependencies" only where paths do not show it. Tools of one server keep their order, HTTP requests have none.
- A result goes into a later operation as {"$ref":"pkg.content"}, into text as {"$template":"Read: {{pkg.content}}"}. The path is an id and
  keys, with [0] for a place in a list. A reference is a dependency.
- {"$secret":"NAME"} is a variable of the server that the owner allows; {"$literal":x} is x, never searched for references.
- "when" decides by what the dependencies came to: "success" (default), "settled", "any-failed", "none-failed". A failure skips only
  what needs it. "onFailure" of the plan: "continue", "no-new", "cancel", "rollback" (takes back what was done to files).
- "retry":3 tries three times; "fallback":value is taken when all fail; "timeoutMs" bounds one attempt.
- A server that others need while they run: "service":true and "ready":{"port":3000} (or {"line":"listening"}, {"url":"http://localhost:3000/"}) on
  shell.run. Those with it in "dependencies" start when it is ready, and it ends with the last of them. {"$ref":"id.url"} is its address.
- A command is a list; no shell reads it. For a shell: ["sh","-c","npm test | tail"].
- "dryRun":true tells what would wait for what, and does nothing. What the server would refuse is a fault there too.

# Answers

The first line counts outcomes, failures first. Every other line outside a fence begins with an id or a path: op1, op1.content. Every line inside
a fence is the value itself, exactly. The last line, "The rest: …", is the one call that brings what is not shown: copy it.

- Values come back except those of file changes. "returns":["a","b.bytes"] chooses, "none" leaves failures alone.
- Output of a failed program comes back with its end whole. batch_status {"batchId":"…","operations":["test.stdout@2000-9000"]} reads a piece of it.
- A search is told as grep does: a line for each path, below it line:text. These are no lines to copy into an edit with their number.
- A batch longer than waitMs answers with its id: batch_status waits for it, batch_cancel stops it.
- batch_execute {"retry":"b-…"} does again what failed in a batch and what was skipped behind it, {"resume":"b-…"} what was interrupted or cancelled; the
  rest is reused. Send "operations" too when they have to change, or when the server was started anew. "rerun", "from" and "done" decide what a refusal asks.
`
