/** What endpoints say of a request that is too long. They share no code for it, and few words. */

/** Whether an endpoint complains that the question is too long for the model, or the question and its answer together. */
export function isAboutContext(words: string): boolean {
  return contextWords.some(pattern => pattern.test(words))
}

/** Whether an endpoint complains about the length of a question, of its answer, or of both. */
export function isAboutLength(words: string): boolean {
  return (
    isAboutContext(words) ||
    (namesAnswerLimit(words) &&
      /too (?:large|long|big|many|high)|at most|exceed|(?:less|greater|larger|more) than|<=|maximum|range/i.test(words))
  )
}

/** Whether an endpoint names the limit of the answer that it was asked for. */
export function namesAnswerLimit(words: string): boolean {
  return /\bmax_(?:completion_|new_|output_)?tokens\b|\bmax(?:Output)?Tokens\b|\b(?:in|for) the (?:completion|output)\b|\b(?:completion|output) tokens\b/.test(
    words,
  )
}

const contextWords = [
  // OpenAI, vLLM, SGLang, Mistral, Groq: "maximum context length"; llama.cpp: "available context size"; Anthropic: "exceed context limit"
  /context.{0,20}(?:length|window|size|limit|too long)/i,
  /maximum.{0,40}(?<!(?:output|completion|new) )tokens/i,
  // vLLM: "longer than the maximum model length"; xAI: "maximum prompt length"; GLM: "exceeds max length"
  /max(?:imum)?[ _](?:(?:prompt|input|model|sequence)[ _])?len(?:gth)?\b/i,
  // Bedrock: "Input is too long for requested model"; Anthropic: "prompt is too long"
  /\b(?:prompt|inputs?|messages|conversation|history)\b.{0,60}\btoo (?:long|large)\b/i,
  /too many (?:\w+ )?tokens|more than max tokens/i,
  // TGI: "`inputs` must have less than 1024 tokens", "`inputs` tokens + `max_new_tokens` must be <= 2048"
  /\b(?:inputs?|prompt)\b(?=.{0,80}tokens?\b).{0,80}(?:<=|less than|more than|exceeds?|longer than|cannot exceed)/i,
  // Kimi: "exceeded model token limit"; Cerebras, Groq: "reduce the length of the messages"
  /\bmodel token limit\b|\breduce the length of the (?:messages|prompt|input)\b/i,
] as const
