// model/fault: what is wrong with a plan, where, and how to fix it.
/** The path from the root of a plan to a value in it. */
export type PlanPath = readonly (string | number)[]

/** The position of a fault in a file. Lines and columns count from 1. */
export interface FilePlace {
  readonly file: string
  readonly line: number
  readonly column: number
}

interface Located {
  readonly at: PlanPath
  readonly place?: FilePlace
  /** The operation type in whose parameters the fault is, such as `file.write`. */
  readonly of?: string
}

type Fault<T extends string, D = unknown> = D & Located & { readonly type: T }

/** One fault of a plan, as data. `describeFault` makes the text. */
export type PlanFault =
  | Fault<'not-readable', { readonly reason: string }>
  | Fault<
      'too-large',
      { readonly what: 'operations' | 'bytes' | 'YAML bytes' | 'levels' | 'fields'; readonly limit: number; readonly actual: number }
    >
  | Fault<'invalid-value', { readonly expected: string; readonly received: unknown }>
  | Fault<'unknown-field', { readonly field: string; readonly known: readonly string[] }>
  | Fault<'missing-field', { readonly field: string; readonly known: readonly string[] }>
  | Fault<'both-names', { readonly field: string; readonly alias: string }>
  | Fault<'unknown-operation-type', { readonly name: string; readonly known: readonly string[] }>
  | Fault<'duplicate-id', { readonly id: string; readonly first: PlanPath }>
  /** What an item of the operation `parent` is called. */
  | Fault<'item-id', { readonly id: string; readonly parent: string }>
  | Fault<
      'unknown-id',
      { readonly id: string; readonly role: 'dependency' | 'need' | 'reference' | 'return'; readonly known: readonly string[] }
    >
  | Fault<'cycle', { readonly ids: readonly string[] }>
  | Fault<'unknown-leaf', { readonly id: string; readonly key: string; readonly known: readonly string[] }>
  | Fault<'malformed-reference', { readonly reason: string }>
  | Fault<'reference-needs-default', { readonly id: string; readonly when: string }>
  | Fault<'unknown-pool', { readonly pool: string; readonly known: readonly string[] }>
  /** `written` is in a plain text and looks like the reference `path`. */
  | Fault<'text-like-reference', { readonly text: string; readonly written: string; readonly path: string }>
  | Fault<'without-each'>
  /** A condition compares values of two kinds, such as 1 and "1". */
  | Fault<
      'never-equal',
      { readonly reference: string; readonly kind: 'text' | 'number' | 'boolean'; readonly received: string | number | boolean }
    >
  /** A service without `ready`, or with none or several of its `known` ways. */
  | Fault<'unclear-ready', { readonly known: readonly string[]; readonly received: readonly string[] }>
  | Fault<'without-service'>
  /** An operation type that can be no service, and those that can. */
  | Fault<'no-service', { readonly name: string; readonly known: readonly string[] }>
  /** A field that has no meaning for a service. */
  | Fault<'not-of-service', { readonly field: string }>
  /** Nothing depends on this service. */
  | Fault<'unneeded-service', { readonly id: string }>
  | Fault<'streamed-service'>
  | Fault<'inexact-value', { readonly received: string | number }>
  | Fault<'weight-above-limit', { readonly weight: number; readonly limit: number; readonly of: string }>
  | Fault<'always-here', { readonly name: string }>
  /** `count` operations are to be performed elsewhere, the first of them here. */
  | Fault<'no-performer', { readonly workers: string; readonly count: number }>
  /** The last one, where not all are listed. */
  | Fault<'more-faults', { readonly count: number }>

/** The faults of one type. */
export type FaultOf<T extends PlanFault['type']> = Extract<PlanFault, { readonly type: T }>
