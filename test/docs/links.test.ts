import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { pages, readPage, root } from './pages.js'

const linked = [...pages, readPage('CHANGELOG.md')]

test('every link between pages, and to files, leads somewhere', () => {
  const broken = linked.flatMap(({ path, text }) =>
    linksIn(text)
      .filter(link => !leadsSomewhere(link, path))
      .map(link => `${path}: ${link}`),
  )
  expect(broken).toEqual([])
})

test('every page is reached from the README', () => {
  const reached = new Set(['README.md'])
  for (const path of reached) {
    if (!path.endsWith('.md')) continue
    for (const link of linksIn(readPage(path).text)) reached.add(targetOf(link, path))
  }
  expect(pages.map(({ path }) => path).filter(path => !reached.has(path))).toEqual([])
})

test('no page names a folder of the machine it was written on', () => {
  const named = linked.filter(({ text }) => /\/(?:home|root|tmp|work)\//.test(text)).map(({ path }) => path)
  expect(named).toEqual([])
})

/** Links to other sites are left alone. */
function linksIn(text: string): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter(link => !/^\w+:/.test(link))
}

function leadsSomewhere(link: string, from: string): boolean {
  const target = targetOf(link, from)
  if (target.startsWith('..') || !existsSync(join(root, target))) return false
  const anchor = link.split('#')[1]
  return anchor === undefined || anchorsIn(readPage(target).text).includes(anchor)
}

function targetOf(link: string, from: string): string {
  const [path = ''] = link.split('#')
  return path === '' ? from : relative(root, join(root, dirname(from), path))
}

/** Headings as GitHub makes anchors of them. */
function anchorsIn(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  )
}
