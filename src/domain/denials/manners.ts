import { agent } from './english-things.js'
import { either, inOrder, maybe, one, phrase, upTo } from './grammar.js'

const adjective = one(`brief calm concise courteous empathetic factual formal friendly honest kind neutral patient polite professional
  respectful warm`)
const adjectives = inOrder(
  maybe(one('very always')),
  adjective,
  upTo(4, inOrder(either(one(','), phrase(', and|or'), one('and or')), adjective)),
  maybe(phrase('in tone')),
)
const throughout = inOrder(
  either(phrase('at all times'), phrase('all the time'), phrase('the whole time'), phrase('to the end'), one('throughout')),
  maybe(phrase('the whole? conversation|call|chat')),
)

const politeInGerman = one('höflich freundlich ruhig sachlich respektvoll geduldig')

/** A manner that lasts, from the first word of a sentence to the last. */
export const manner = either(
  inOrder(agent, phrase('must|should|always? stay|stays|remain|remains'), adjectives, maybe(throughout)),
  inOrder(agent, either(one('is are was'), phrase('must|should be')), adjectives, throughout),
  inOrder(agent, phrase('is|are always'), adjectives),
  inOrder(
    phrase('der|die|das? agent|agentin|assistent|assistentin|bot|er|sie|es bleibt immer|stets?'),
    politeInGerman,
    maybe(inOrder(one('und'), politeInGerman)),
  ),
  phrase('el|la? agente|asistente|bot permanece siempre? amable|cortés|tranquilo|tranquila|educado|educada|profesional|paciente'),
  phrase('el|la? agente|asistente|bot se mantiene siempre? amable|cortés|tranquilo|tranquila|educado|educada|profesional|paciente'),
  phrase(`l'|le agent|assistant|bot reste toujours? poli|courtois|aimable|calme|professionnel|patient`),
)
