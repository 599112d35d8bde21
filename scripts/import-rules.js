// Lint rule: which folder of src/ may import which. ARCHITECTURE.md has the same table.
import { isBuiltin } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const src = fileURLToPath(new URL('../src', import.meta.url))

/**
 * Per folder: the folders of src/ it may import besides itself (`type:` for types only), the npm packages, and the Node
 * modules. `true` allows all. The first entry whose folder matches counts; a `*` is one folder, and `itself` ends there.
 *
 * @type {Record<string, { folders: string[], packages: true | string[], node: true | string[] }>}
 */
const rules = {
  'domain': { folders: [], packages: [], node: ['node:crypto'] },
  'ports': { folders: ['domain'], packages: [], node: [] },
  'pipeline/load': {
    folders: ['domain', 'ports'],
    packages: ['yaml', 'ajv', 'ajv-formats', 'tinyglobby', 'fastest-levenshtein'],
    node: true,
  },
  'pipeline/plan': { folders: ['domain', 'ports'], packages: [], node: ['node:crypto'] },
  'pipeline/run': { folders: ['domain', 'ports'], packages: ['p-limit'], node: [] },
  'pipeline/score': { folders: ['domain', 'ports'], packages: ['re2js'], node: [] },
  'pipeline/*': { folders: ['domain', 'ports'], packages: [], node: [] },
  'adapters/channels': {
    folders: [
      'domain',
      'ports',
      'adapters/network',
      'adapters/processes',
      'adapters/audio',
      'adapters/clocks',
      'adapters/rtp',
      'adapters/sip',
    ],
    packages: true,
    node: true,
  },
  'adapters/speech': {
    folders: ['domain', 'ports', 'adapters/network', 'adapters/processes', 'adapters/audio'],
    packages: true,
    node: true,
  },
  'adapters/rtp': { folders: ['domain', 'ports', 'adapters/audio'], packages: true, node: true },
  'adapters/models': { folders: ['domain', 'ports', 'adapters/network'], packages: true, node: true },
  'adapters/clients': { folders: ['domain', 'ports', 'adapters/network'], packages: true, node: true },
  'adapters/recordings': { folders: ['domain', 'ports', 'adapters/network'], packages: true, node: true },
  'adapters/reporters': { folders: ['domain', 'ports', 'view/model'], packages: true, node: true },
  'adapters/*': { folders: ['domain', 'ports'], packages: true, node: true },
  'view/model': { folders: ['domain'], packages: [], node: [] },
  'view': { folders: ['domain', 'pipeline/compare/statistics'], packages: ['preact', 'preact-render-to-string'], node: [] },
  'app': { folders: ['domain', 'ports', 'pipeline', 'adapters'], packages: true, node: true },
  'server': { folders: ['domain', 'app'], packages: ['fastify', 'ajv', 'ajv-formats'], node: true },
  'cli': { folders: ['domain', 'app', 'server'], packages: true, node: true },
  'index.ts': { folders: ['app', 'type:domain', 'type:ports'], packages: [], node: [] },
}

/**
 * Why a file may not import a module; `undefined` if it may.
 *
 * @param {string} file  Path of the importing file inside src/, with `/`.
 * @param {string} specifier  The text between the quotes.
 * @param {boolean} isType  Whether the import disappears in compilation.
 */
function objection(file, specifier, isType) {
  const home = homeOf(file)
  if (!home) return undefined
  const { folders, packages, node } = rules[home.rule] ?? { folders: [], packages: [], node: [] }
  const who = home.rule === 'index.ts' ? 'src/index.ts' : `src/${home.folder}/`

  if (specifier.startsWith('.')) {
    const target = join(dirname(file), specifier).split(sep).join('/')
    if (target.startsWith('..')) return `${who} may not import from outside src/.`
    if (isInside(target, home.folder) || folders.some(folder => isInside(target, folder))) return undefined
    const asType = folders.find(folder => isInside(target, folder.replace(/^type:/, '')))
    if (asType && isType) return undefined
    const allowed = folders.map(folder => folder.replace(/^type:(.*)/, 'the types of $1')).join(', ') || 'nothing'
    return asType
      ? `${who} may import only types from src/${target}: use \`import type\` or \`export type\`.`
      : `${who} may not import src/${target}; besides itself it may import: ${allowed}.`
  }

  const [kind, allowed, name] = isBuiltin(specifier)
    ? ['the Node module', node, `node:${specifier.replace(/^node:/, '')}`]
    : ['the package', packages, packageOf(specifier)]
  if (allowed === true || allowed.includes(name)) return undefined
  return `${who} may not import ${kind} ${name}; allowed: ${allowed.join(', ') || 'none'}.`
}

/** The rule for a file, and the folder that `itself` means there. @param {string} file */
function homeOf(file) {
  return Object.keys(rules)
    .map(rule => matching(rule, file))
    .find(home => home !== undefined)
}

/**
 * @param {string} rule  A key of the table.
 * @param {string} file
 */
function matching(rule, file) {
  const parts = file.split('/').slice(0, rule.split('/').length)
  const folder = parts.join('/')
  const matches = rule.split('/').every((part, i) => part === '*' || part === parts[i])
  // A rule covers files inside its folder; a file beside the folders has no rule.
  return matches && (folder !== file || file === 'index.ts') ? { rule, folder } : undefined
}

/**
 * @param {string} path
 * @param {string} folder
 */
function isInside(path, folder) {
  return path.startsWith(`${folder}/`)
}

/** @param {string} specifier  `yaml`, `ajv/dist/2020.js`, `@scope/name/file.js` */
function packageOf(specifier) {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

const importRules = {
  meta: { type: 'problem', schema: [] },
  /** @param {any} context */
  create(context) {
    const file = relative(src, context.filename).split(sep).join('/')

    /**
     * @param {any} node  Where to report.
     * @param {any} source  The specifier's node. A specifier that is not plain text cannot be checked, so it is refused.
     * @param {boolean}  isType
     */
    function check(node, source, isType) {
      if (!source) return
      const specifier = source.type === 'TemplateLiteral' && source.expressions.length === 0 ? source.quasis[0].value.cooked : source.value
      const message =
        typeof specifier === 'string'
          ? objection(file, specifier, isType)
          : mayComputeImports(file)
            ? undefined
            : 'An import must name its file or package in plain text.'
      if (message) context.report({ node, message })
    }

    return {
      Program: (/** @type {any} */ node) => {
        if (!homeOf(file)) context.report({ node, message: `src/${file} is in no folder that the import rules know.` })
      },
      ImportDeclaration: (/** @type {any} */ node) => check(node, node.source, node.importKind === 'type'),
      ExportNamedDeclaration: (/** @type {any} */ node) => check(node, node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (/** @type {any} */ node) => check(node, node.source, node.exportKind === 'type'),
      ImportExpression: (/** @type {any} */ node) => check(node, node.source, false),
      TSImportType: (/** @type {any} */ node) => check(node, node.source ?? node.argument?.literal ?? node.argument, true),
      TSExternalModuleReference: (/** @type {any} */ node) => check(node, node.expression, false),
      CallExpression: (/** @type {any} */ node) => {
        if (node.callee.type === 'Identifier' && node.callee.name === 'require') check(node, node.arguments[0], false)
      },
    }
  },
}

/** Only the suite names a user's own channel file. Whoever may import any package may import it too. @param {string} file */
function mayComputeImports(file) {
  return /^(adapters\/|app\/)/.test(file)
}

export default { meta: { name: 'callsheet' }, rules: { 'import-rules': importRules } }
