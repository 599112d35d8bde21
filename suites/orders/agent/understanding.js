// How the agent understands a customer's words.

/** @returns What the words contain (an order number, an e-mail address, a wish, questions) and what kind of words they are. */
export function understand(words) {
  const said = (pattern) => pattern.test(words)
  const isDamaged = said(/\b(damaged|broken?|brok\w+|shattered|smashed|cracked?|pieces|defective|scratched|dented?)\b/i)
  return {
    order: /\b([A-Z])-?(\d{4})\b/i.exec(words)?.slice(1, 3).join('-').toUpperCase(),
    email: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(words)?.[0].toLowerCase(),
    isDamaged,
    wish: wishIn(said) ?? (isDamaged ? 'make_good' : undefined),
    questions: questionsIn(said),
    consents: said(/\b(yes|yeah|yep|please|sure|ok(?:ay)?|go ahead|do (?:it|that)|correct|right|fine|good|great)\b/i),
    declines: said(/^\W*(no|nope|nah|nothing)\b/i),
    insists: said(/\b(exception|this once|reconsider|unfair|not fair|surely|must be enough|should be enough)\b/i),
    thanks: said(/\bthank(?:s| you)\b/i) && !words.includes('?'),
    leaves: said(/\b(bye|goodbye|have a (?:nice|good|great)|that(?:'s| is|'ll be| will be) (?:all|it|everything))\b/i),
    wantsPeople: said(/\b(human|real person|somebody else|someone else|manager|supervisor|colleague|representative)\b/i),
  }
}

function wishIn(said) {
  if (said(/\b(replace\w*|new one|another one|send (?:me )?(?:a new|another))\b/i) && !said(/\b(?:not|no|don't want)(?: a)? (?:replacement|new one)\b/i)) return 'replacement'
  if (said(/\b(refund\w*|money|reimburse\w*|return(?:ing)?|send(?:ing)? \w+ back)\b/i)) return 'refund'
  if (said(/\b(where is|where's|hasn't (?:arrived|come)|has not (?:arrived|come)|not (?:arrived|here)|track\w*|when (?:will|does|is) (?:it|my|the))\b/i)) return 'tracking'
  return undefined
}

/** The general questions in a message, as keys of the policies. */
function questionsIn(said) {
  const isOfRefund = said(/\bhow long\b.*\btakes?\b.*\b(refund|money)\b/i)
  const isOfReturn = said(/\b(return\w*|send\w*|back|postage)\b/i)
  const asked = {
    refund_time: isOfRefund,
    return_period: !isOfRefund && isOfReturn && said(/\b(how (?:long|many days)|until when|deadline|return (?:policy|period|window))\b/i),
    return_postage: isOfReturn && said(/\b(who pays|is (?:it|that|the (?:return|postage|shipping)) free|costs?|pay for|postage)\b/i),
    delivery_cost: said(/\b(how much|costs?)\b.*\b(delivery|shipping)\b/i),
  }
  return Object.keys(asked).filter((question) => asked[question])
}
