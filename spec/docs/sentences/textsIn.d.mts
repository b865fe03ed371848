/** Every text of several words in a TypeScript source; `…` stands for what a template puts in. */
export function textsIn(source: string): readonly string[]
