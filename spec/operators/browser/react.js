// Renders the component of docs/reactive-apps.md under StrictMode and notes what it shows.
import { operation } from 'millrace'
import { Batch } from 'docs/reactive-apps.md'
import { createElement, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

export async function stepsOfReact(after) {
  const root = document.getElementById('root')
  const app = createRoot(root)
  let started = 0
  let open
  const gate = new Promise((resolve) => (open = resolve))
  const a = operation('a', () => {
    started++
    return gate
  })
  const b = operation('b', { a }, () => 1)
  const seen = []
  const shows = async (text) => {
    for (let tries = 0; tries < 1_500 && root.textContent !== text; tries++) await after(10)
    seen.push(root.textContent)
  }
  const show = (key) => app.render(createElement(StrictMode, null, createElement(Batch, { key, plan: [a, b] })))

  show('first')
  await shows('Run')
  root.querySelector('button').click()
  await shows('running: 0 of 2Stop')
  open()
  await shows('finished: 2 of 2')
  const startedOnce = started

  show('second')
  await shows('Run')
  app.unmount()
  return { seen, startedOnce }
}
