import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

interface OpenApi {
  readonly servers: readonly { readonly url: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Described>> }>>>>
  readonly components: { readonly schemas: object }
}

interface Described {
  readonly content: { readonly 'application/json': { readonly schema: { readonly $ref: string } } }
}

/** Holds answers against what /openapi.json says of them. */
export function createDescription(api: OpenApi): { check(method: string, url: string, status: number, body: unknown): void } {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'urn:test:api', components: api.components })
  const base = api.servers[0]?.url ?? ''
  const routes = Object.entries(api.paths).map(([path, methods]) => ({
    matches: new RegExp(`^${base}${path.replace(/\/$/, '').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
    methods,
    isExact: !path.includes('{'),
  }))

  const validatorOf = (method: string, url: string, status: number): ValidateFunction | undefined => {
    const path = url.split('?')[0]!.replace(/^(\/[^/]+\/[^/]+\/[a-z_-]+?)-external/, '$1')
    const found = routes.filter(({ matches }) => matches.test(path)).toSorted((a, b) => Number(b.isExact) - Number(a.isExact))[0]
    const schema = found?.methods[method.toLowerCase()]?.responses[status]?.content['application/json'].schema
    return schema && ajv.compile({ $ref: `urn:test:api${schema.$ref}` })
  }

  return {
    check(method, url, status, body) {
      const validate = validatorOf(method, url, status)
      if (!validate) {
        if (status < 400 && url.startsWith(base)) throw new Error(`${method} ${url} answered ${status}, which is not described.`)
        return
      }
      if (!validate(body)) throw new Error(`${method} ${url} answered otherwise than described: ${ajv.errorsText(validate.errors)}`)
    },
  }
}
