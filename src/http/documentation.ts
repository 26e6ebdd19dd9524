import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import type { App } from './app-type.ts'

const DESCRIPTION = `An event-sourced evaluation ledger for public bodies. Points and percents are decimal strings,
positions and revisions too. Every refusal is a problem document with a stable code; see /problems/{code}.`

/** The page loads nothing from elsewhere; its styles are written by its own script. */
const CSP = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'object-src': ["'none'"],
  'frame-ancestors': ["'none'"]
}

/** Collects every route that is added later into an OpenAPI 3.1 document, and shows it at `/docs`. */
export async function documentRoutes(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Karnameh', version: '1', description: DESCRIPTION },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
      security: [{ token: [] }]
    },
    transform: (route) => {
      const { schema, url } = jsonSchemaTransform(route)
      const { who, figures } = route.route.config?.access ?? {}
      const access = { 'x-who': who, 'x-readers-of-figures': figures }
      return { schema: { ...schema, ...access, ...(who === 'public' && { security: [] }) }, url }
    }
  })
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: CSP })
}
