import type { FastifyInstance } from 'fastify'
import { endChat, pollTurn, submitTurn } from '../../app/serve/conduct/chat.js'
import type { ChatMessage } from '../../app/serve/generated/requests.js'
import { Refusal } from '../../app/serve/refusal.js'
import type { Service } from '../../app/serve/service.js'
import { sentBody, taking } from '../bodies.js'
import { idOf, type ById } from '../ids.js'
import { operation } from '../operation.js'

/** runs/{id}/chat/: conversations in which a client plays the agent. */
export function chatRoutes(server: FastifyInstance, service: Service): void {
  const submitted = operation({ summary: 'Send what the agent says', about: 'Starting', answer: 'SubmittedTurn', status: 202 })
  server.post<ById>('/runs/:id/chat', { ...submitted, ...taking('ChatMessage') }, async (sent, reply) => {
    const { body, wrong } = sentBody<ChatMessage>(sent)
    if (Object.keys(wrong).length > 0) throw new Refusal(400, wrong)
    return reply.code(202).send(await submitTurn(service, sent.project, idOf(sent.params.id), body))
  })

  const polled = operation({ summary: "Poll for the caller's answer", about: 'Reading', answer: 'PolledTurn' })
  server.get<{ Params: { id: string; turn: string } }>('/runs/:id/chat/:turn', polled, async sent =>
    pollTurn(service, sent.project, idOf(sent.params.id), sent.params.turn === '0' ? 0 : idOf(sent.params.turn)),
  )

  const ended = operation({ summary: 'Hang up for the agent', about: 'Acting', answer: 'EndedChat' })
  server.post<ById>('/runs/:id/end-chat', ended, async sent => endChat(service, sent.project, idOf(sent.params.id)))
}
