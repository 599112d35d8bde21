import type { Chat, ChatTurn } from '../../../adapters/channels/polled.js'
import type { RunRecord } from '../../../ports/database.js'
import type { Project } from '../catalogue/catalogue.js'
import type { EndedChat, PolledTurn, SubmittedTurn } from '../generated/answers.js'
import type { ChatMessage } from '../generated/requests.js'
import { notFound, Refusal } from '../refusal.js'
import type { Service } from '../service.js'
import { runStatus } from '../answer/statuses.js'

type ChatUse = Pick<Service, 'database' | 'chats' | 'contextOf'>

/**
 * `POST runs/{id}/chat/`: takes the agent's next message.
 *
 * @returns The turn to poll for the caller's answer.
 * @throws {Refusal} 404; 400 without a message; 409 before the caller has opened the chat, and after its end.
 */
export async function submitTurn(use: ChatUse, project: Project, id: number, message: ChatMessage): Promise<SubmittedTurn> {
  const { run, chat } = await findChat(use, project, id)
  if (run.state === 'ended' || chat?.state === 'over') throw new Refusal(409, { detail: 'The chat is over.' })
  if (!chat || chat.state === 'opening') throw new Refusal(409, { detail: 'The chat is still starting. Poll turn 0 first.' })
  const turn = chat.submit(message)
  if ('problem' in turn) throw new Refusal(400, { non_field_errors: [turn.problem] })
  return { run_id: run.id, result_id: run.result, turn_id: turn.id, status: turn.status }
}

/**
 * `GET runs/{id}/chat/{turn_id}/`: the caller's answer to a turn. Turn 0 is its opening.
 *
 * @throws {Refusal} 404
 */
export async function pollTurn(use: ChatUse, project: Project, id: number, turnId: number): Promise<PolledTurn> {
  const { run, chat } = await findChat(use, project, id)
  const isPending = !chat && turnId === 0 && run.state !== 'ended'
  const turn: ChatTurn | undefined = isPending ? { id: 0, status: 'generating', message: null } : chat?.turn(turnId)
  if (!turn) throw notFound()
  const ended = run.state === 'ended' || chat?.state === 'over'
  return {
    run_id: run.id,
    result_id: run.result,
    turn_id: turn.id,
    status: turn.status,
    message: turn.message,
    ended,
    ended_reason: endedReason(run),
  }
}

/** `POST runs/{id}/end-chat/`: the agent hangs up, and the chat is scored. Repeating it does no harm. @throws {Refusal} 404 */
export async function endChat(use: ChatUse, project: Project, id: number): Promise<EndedChat> {
  const { run, chat } = await findChat(use, project, id)
  if (!chat && run.state !== 'ended') throw new Refusal(409, { detail: 'The chat is still starting. Poll turn 0 first.' })
  const wasOpen = run.state !== 'ended' && chat?.state !== 'over'
  chat?.end()
  return { run_id: run.id, result_id: run.result, status: wasOpen ? 'evaluating' : runStatus(run) }
}

async function findChat(
  { database, chats, contextOf }: ChatUse,
  project: Project,
  id: number,
): Promise<{ readonly run: RunRecord; readonly chat: Chat | undefined }> {
  const run = await database.run(project.key, id)
  if (!run || (await contextOf(project.key, run.result)).request.reach.kind !== 'chat') throw notFound()
  return { run, chat: (await chats()).find(String(id)) }
}

function endedReason({ ended }: RunRecord): string | null {
  return ended && 'transcript' in ended.outcome ? ended.outcome.transcript.ending.reason : null
}
