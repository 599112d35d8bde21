// Bundles the command line's program into dist/program/: a command loads a few dozen files instead of hundreds, and so starts sooner.
// Most packages stay where npm puts them.
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const program = join(dist, 'program')
/** Packages of many small files that every command loads. */
const bundled = ['commander', 'yaml']
const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const external = Object.keys({ ...dependencies, ...peerDependencies }).filter(name => !bundled.includes(name))

rmSync(program, { recursive: true, force: true })
const bundle = await rolldown({
  input: {
    main: join(dist, 'cli/main.js'),
    // It is started by its file name, in a thread of its own.
    worker: join(dist, 'adapters/channels/module/worker.js'),
  },
  platform: 'node',
  // Its modules for browsers: the same code, of which only what is in use is kept.
  resolve: { alias: { yaml: join(root, 'node_modules/yaml/browser/dist/index.js') } },
  external: id => external.some(name => id === name || id.startsWith(`${name}/`)),
})
await bundle.write({
  dir: program,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  // Names stay, for stack traces; white space and comments would only have to be read.
  minify: { mangle: false, compress: false, codegen: { removeWhitespace: true } },
})
// The page that tries a suite has it as text.
copyFileSync(join(dist, 'server/pages/try-it.js'), join(program, 'try-it.js'))
const licences = bundled.map(name => `${name}\n\n${readFileSync(join(root, 'node_modules', name, 'LICENSE'), 'utf8')}`)
writeFileSync(join(program, 'LICENSES.txt'), licences.join('\n'))
