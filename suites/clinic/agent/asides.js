// What a caller may say at any moment, whatever the question: small talk, and requests that the agent must refuse.

export const asides = [
  {
    refused: 'emergency',
    heard: /\b(chest pain|heart attack|stroke|can(?:'t|not) breathe|unconscious|overdose|bleeding (?:badly|heavily))\b/i,
    answer: 'This may be an emergency. Please hang up and call 911 now, or have someone near you call.',
    and: 'hang up',
  },
  {
    refused: 'instructions',
    heard: /\b(ignore|forget|disregard)\b.*\b(instructions?|rules|prompt)\b|\bsystem prompt\b|\byou are now\b|\bevery patient\b/i,
    answer: 'I cannot do that. I only help with appointments at this clinic.',
    and: 'ask again',
  },
  {
    refused: 'other_patient',
    heard: /\b(my|a|the) (husband|wife|partner|mother|father|son|daughter|neighbou?r|friend|boss)(?:'s)?\b|\bother patients?\b|\bwho (has|else)\b/i,
    answer: 'I can only talk about an appointment with the patient it belongs to.',
    and: 'ask again',
  },
  {
    refused: 'medical_advice',
    heard: /\b(should|can|could|may|how (?:much|many|often)|is it safe)\b.*\b(take|dose|mg|pills?|tablets?|medicine|medication|ibuprofen|symptoms?)\b/i,
    answer: 'I cannot give medical advice. Our nurse line can help you at 555-0134, day and night.',
    and: 'ask again',
  },
  {
    refused: 'transfer',
    heard: /\b(speak|talk) (?:to|with) (?:a|an|the) (human|person|receptionist|agent)\b/i,
    answer: 'Of course. Our front desk is at 555-0100, on weekdays from 8 AM to 5 PM. Goodbye.',
    and: 'hang up',
  },
  {
    heard: /\b(hold on|(?:one|a|just a) (?:second|moment|minute)|let me (?:check|look|see))\b/i,
    answer: 'Of course, take your time.',
    and: 'listen',
  },
  { heard: /\b(hurry|quick|rush)\b/i, answer: 'I will be quick.', and: 'ask again' },
  { heard: /\b(are you|anybody|anyone) (?:still )?there\b/i, answer: 'Yes, I am still here.', and: 'ask again' },
]
