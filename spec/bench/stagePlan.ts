import { shapeOf, sourcesOf } from './shape.js'

/**
 * A plan of the layered graph whose operations cost next to nothing: how a swarm without agents stands, asked again and again. Each is
 * a real attempt with its three events: a read with a fallback of its own shares nobody's result. Nothing reaches the disk, which
 * would cost many times what is looked for here.
 */
export function stagePlan(operations: number): unknown {
  const shape = shapeOf('layered', operations)
  return {
    operations: Array.from({ length: operations }, (_, index) =>
      index === 0
        ? { id: 'o0', type: 'swarm', operation: 'init', params: { topology: 'mesh' } }
        : {
            id: `o${index}`,
            type: 'swarm',
            operation: 'status',
            dependencies: sourcesOf(shape, index).map((source) => `o${source}`),
            fallback: null,
          },
    ),
  }
}
