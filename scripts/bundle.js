// Bundles the command line's program into dist/program/: a command loads a few dozen files instead of hundreds, and so starts sooner.
// Most packages stay where npm puts them.
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const program = join(dist, 'program')
/** Packages of many small files that many commands load. Node reads each file of CommonJS twice: once to find what it exports. */
const bundled = ['ajv', 'ajv-formats', 'commander', 'yaml', 'undici', 'junit-report-builder']
const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const external = Object.keys({ ...dependencies, ...peerDependencies }).filter(name => !bundled.includes(name))

const junit = join(root, 'node_modules/junit-report-builder/dist/index.es.js')

rmSync(program, { recursive: true, force: true })
const bundle = await rolldown({
  input: {
    'main': join(dist, 'cli/main.js'),
    // They are started by their file names, in threads or processes of their own.
    'module-process': join(dist, 'adapters/channels/module/module-process.js'),
    'flite-thread': join(dist, 'adapters/speech/flite/flite-thread.js'),
    'sherpa-child': join(dist, 'adapters/speech/sherpa/sherpa-child.js'),
    'silero-child': join(dist, 'adapters/speech/sherpa/silero-child.js'),
    'media-thread': join(dist, 'adapters/channels/voice/media-thread.js'),
  },
  platform: 'node',
  resolve: {
    alias: {
      // Its modules for browsers: the same code, of which only what is in use is kept.
      'yaml': join(root, 'node_modules/yaml/browser/dist/index.js'),
      // Without the packages that it needs, which come below.
      'junit-report-builder': junit,
    },
  },
  plugins: [
    {
      name: 'functions of lodash',
      resolveId: id => (id === 'lodash' ? '\0lodash' : undefined),
      load: id => (id === '\0lodash' ? lodashOf(readFileSync(junit, 'utf8')) : undefined),
    },
  ],
  external: id => external.some(name => id === name || id.startsWith(`${name}/`)),
})
const { output } = await bundle.write({
  dir: program,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  // One file of many that most commands load: Node opens all files of a command at once, and there may be few to open.
  codeSplitting: { groups: [{ name: 'shared', test: /\/dist\/(?:ports|domain\/(?:faults|wire|denials|[a-f][a-z-]*\.js))/ }] },
  // Names stay, for stack traces; white space and comments would only have to be read.
  minify: { mangle: false, compress: false, codegen: { removeWhitespace: true } },
})
// The page that tries a suite has it as text.
copyFileSync(join(dist, 'server/pages/try-it.js'), join(program, 'try-it.js'))
const files = output.flatMap(chunk => ('moduleIds' in chunk ? chunk.moduleIds : []))
const packages = new Set(files.flatMap(file => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll('\\', '/'))?.[1] ?? []))
const licences = [...packages].toSorted().map(name => `${name}\n\n${licenceOf(join(root, 'node_modules', name))}`)
writeFileSync(join(program, 'LICENSES.txt'), licences.join('\n'))

/**
 * Only those functions of lodash that a module uses: to start the whole takes longer than to write a report.
 *
 * @param {string} code  The module's.
 */
function lodashOf(code) {
  const used = [...new Set(code.match(/(?<=\b_\.)\w+/g))]
  const lodash = join(root, 'node_modules/lodash').replaceAll('\\', '/')
  return `${used.map(name => `import ${name} from '${lodash}/${name}.js'\n`).join('')}export default { ${used.join(', ')} }`
}

/** @param {string} folder  Of a package. */
function licenceOf(folder) {
  const name = readdirSync(folder).find(file => /^licen[cs]e/i.test(file))
  if (name === undefined) throw new Error(`${folder} has no licence.`)
  return readFileSync(join(folder, name), 'utf8')
}
