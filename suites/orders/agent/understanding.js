// What the agent makes of a customer's words.

/** @returns What was said, each only if it was: { order, email, wish, isDamaged, question, consents, declines, insists, thanks, leaves, wantsPeople } */
export function understand(words) {
  const said = (pattern) => pattern.test(words)
  const isDamaged = said(/\b(damaged|broken?|brok\w+|shattered|smashed|cracked?|pieces|defective|scratched|dented?)\b/i)
  return {
    order: /\b([A-Z])-?(\d{4})\b/i.exec(words)?.slice(1, 3).join('-').toUpperCase(),
    email: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(words)?.[0].toLowerCase(),
    isDamaged,
    wish: wishIn(said) ?? (isDamaged ? 'make_good' : undefined),
    question: questionIn(said),
    consents: said(/\b(yes|yeah|yep|please|sure|ok(?:ay)?|go ahead|do (?:it|that)|correct|right|fine|good|great)\b/i),
    declines: said(/^\W*(no|nope|nah|nothing)\b|\b(?:don't|do not) (?:do|want)\b/i),
    insists: said(/\b(exception|this once|reconsider|unfair|not fair|surely|must be enough|should be enough)\b/i),
    thanks: said(/\bthank(?:s| you)\b/i),
    leaves: said(/\b(bye|goodbye|have a (?:nice|good|great)|that(?:'s| is|'ll be| will be) (?:all|it|everything))\b/i),
    wantsPeople: said(/\b(human|real person|somebody else|someone else|manager|supervisor|colleague|representative)\b/i),
  }
}

function wishIn(said) {
  if (said(/\b(replace\w*|new one|another one|send (?:me )?(?:a new|another))\b/i) && !said(/\b(not|no|don't want) (?:a )?(?:replacement|new one)\b/i)) return 'replacement'
  if (said(/\b(refund\w*|money back|my money|reimburse\w*|send (?:it|this|them) back|return (?:it|this|them|my))\b/i)) return 'refund'
  if (said(/\b(where is|where's|hasn't (?:arrived|come)|has not (?:arrived|come)|not (?:arrived|here)|track\w*|when (?:will|does|is) (?:it|my|the))\b/i)) return 'tracking'
  return undefined
}

/** What the customer asks in general, whatever the order. */
function questionIn(said) {
  if (said(/\b(how (?:long|many days)|until when|which day|deadline|return (?:policy|period|window))\b/i) && said(/\b(return\w*|send\w*|give|bring|back)\b/i)) return 'return_period'
  if (said(/\b(who pays|is (?:it|the (?:return|postage|shipping)) free|cost\w*|pay for|postage|charge)\b/i) && said(/\b(return\w*|back|postage)\b/i)) return 'return_postage'
  if (said(/\b(how much|cost\w*|what does|is)\b/i) && said(/\b(delivery|shipping)\b/i)) return 'delivery_cost'
  if (said(/\bhow long\b/i) && said(/\b(refund|money)\b/i)) return 'refund_time'
  return undefined
}
