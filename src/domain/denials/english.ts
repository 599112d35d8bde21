import { idiom, rude } from './english-idioms.js'
import { agent, noThing, person, saidOfIt, thing, things } from './english-things.js'
import { actIn, verbIn, wayIn, type Form } from './english-verbs.js'
import { either, inOrder, maybe, one, phrase, type Phrase } from './grammar.js'

/** What the agent does, with a verb in one form and nothing behind it that another clause could begin with. */
function act(form: Form): Phrase {
  return either(plainAct(form), inOrder(verbIn(form, startings), one('to'), plainAct('plain')))
}

const startings = `agree agrees agreeing agreed, attempt attempts attempting attempted, offer offers offering offered,
  promise promises promising promised, threaten threatens threatening threatened, try tries trying tried`

function plainAct(form: Form): Phrase {
  return either(
    idiom(form),
    inOrder(
      actIn(form, 'ask'),
      maybe(person),
      either(
        inOrder(one('for about'), things),
        phrase('for information|details|data that? it already has|knows'),
        inOrder(phrase('to repeat|confirm|give|provide|spell|share|send|enter|say|pay'), maybe(things)),
      ),
    ),
    inOrder(
      actIn(form),
      maybe(one('out back')),
      maybe(person),
      maybe(things),
      maybe(either(inOrder(one('to with for'), person), inOrder(one('about'), things))),
    ),
    inOrder(
      actIn(form, 'say tell claim confirm promise mention announce suggest'),
      maybe(inOrder(maybe(one('to')), person)),
      either(inOrder(one('that'), content), inOrder(question, maybe(inOrder(maybe(one(',')), one('or'), question)))),
    ),
    inOrder(
      one(makeIn[form]),
      either(
        one('assumptions exceptions jokes promises recommendations threats'),
        phrase('a|an exception|joke|promise|recommendation'),
        phrase('up facts|prices|information|answers|numbers|details|policies'),
        phrase('up a|an|the price|answer|policy|number'),
      ),
    ),
    inOrder(one(pretendIn[form]), phrase('to be'), human),
    inOrder(one(endIn[form]), phrase('the call|conversation|chat')),
    inOrder(one(hangIn[form]), one('up'), maybe(inOrder(one('on'), person))),
    inOrder(wayIn(form), maybe(either(inOrder(one('at with to'), person), inOrder(one('about'), things)))),
  )
}

const makeIn: Readonly<Record<Form, string>> = { plain: 'make', present: 'makes', gerund: 'making', participle: 'made' }
const pretendIn: Readonly<Record<Form, string>> = {
  plain: 'claim pretend',
  present: 'claims pretends',
  gerund: 'claiming pretending',
  participle: 'claimed pretended',
}
const endIn: Readonly<Record<Form, string>> = { plain: 'end', present: 'ends', gerund: 'ending', participle: 'ended' }
const hangIn: Readonly<Record<Form, string>> = { plain: 'hang', present: 'hangs', gerund: 'hanging', participle: 'hung' }
const human = either(one('human'), phrase('a human|person being?'))

/** What is said: `the money has been refunded`. */
const content = either(
  inOrder(thing, either(one('is are was were'), phrase('has|have been?'), phrase('will|can be')), saidOfIt),
  inOrder(either(one('it'), phrase('the agent')), one('is'), human),
  inOrder(either(one('it'), phrase('the agent')), one('has had'), actIn('participle'), maybe(things)),
)

/** What is told: `what was ordered`, `what it cost`. */
const question = inOrder(
  one('what'),
  either(inOrder(one('is was were'), saidOfIt), inOrder(either(one('it'), thing), one('cost costs is was'))),
)

const denied = one(`cannot mustn't shouldn't won't wouldn't can't couldn't doesn't don't didn't`)
const passive = inOrder(actIn('participle'), maybe(either(inOrder(one('for'), things), inOrder(one('to'), person))))
const when = either(
  phrase('at any time|point|stage'),
  phrase('under any circumstances'),
  phrase('during|in the call|conversation|chat'),
  phrase('over the phone'),
)

/** A plain denial in English, from the first word of a sentence to the last. */
export const englishDenial = inOrder(
  either(
    inOrder(agent, phrase('has|have|had? never ever?'), either(act('present'), act('plain'), act('participle'))),
    inOrder(agent, either(phrase('must|should|may|might|will|would|can|could|shall|does|do|did never|not'), denied), act('plain')),
    inOrder(
      agent,
      either(phrase('must|should avoid'), phrase('must|should refrain from'), one('avoids'), phrase('refrains from')),
      either(act('gerund'), phrase('medical|legal|financial|personal|tax? advice|slang|jargon|promises')),
    ),
    inOrder(
      agent,
      either(phrase('is|are|was|were never|not'), phrase('must|should|may|will never|not be')),
      rude,
      maybe(inOrder(one('to with towards'), person)),
    ),
    inOrder(
      either(inOrder(one('no'), noThing, maybe(inOrder(one('or'), noThing))), one('nothing nobody'), phrase('no one')),
      either(one('is are was were gets get'), phrase('must|should|may|will be'), phrase('has|have been')),
      passive,
    ),
    inOrder(
      either(phrase('at no point|time|stage'), phrase('under no circumstances'), phrase('in no case')),
      one('does may must should will can'),
      agent,
      act('plain'),
    ),
    phrase('no booking|reservation|appointment|order|payment|call|exception|promise|change is|was|has been? made'),
    phrase('no bookings|reservations|appointments|orders|payments|calls|exceptions|promises|changes are|were|have been? made'),
    inOrder(
      thing,
      either(phrase('is|are|was|were|gets|get never|not'), phrase('must|should|may|will never|not be'), phrase('has|have never|not been')),
      passive,
    ),
  ),
  maybe(when),
)
