import { describe, expect, test } from 'vitest'
import { isAboutContext, isAboutLength, namesAnswerLimit } from '../../../../src/adapters/models/endpoint-words.js'

// As endpoints word it, in 2025 and before.

test.each([
  [
    'OpenAI',
    "This model's maximum context length is 4097 tokens. However, your messages resulted in 5000 tokens. Please reduce the length of the messages.",
  ],
  ['OpenAI, responses', 'Your input exceeds the context window of this model. Please adjust your input and try again.'],
  [
    'vLLM',
    "This model's maximum context length is 512 tokens. However, you requested 1283 tokens (683 in the messages, 600 in the completion).",
  ],
  [
    'vLLM, newer',
    'The decoder prompt (length 5000) is longer than the maximum model length of 4096. Make sure that `max_model_len` is no smaller than the number of text tokens.',
  ],
  ['llama.cpp', 'the request exceeds the available context size, try increasing it'],
  ['llama.cpp, in a stream', 'context size exceeded'],
  ['TGI', 'Input validation error: `inputs` must have less than 1024 tokens. Given: 2000'],
  [
    'TGI',
    'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 2048. Given: 1800 `inputs` tokens and 600 `max_new_tokens`',
  ],
  ['SGLang', "The input (5000 tokens) is longer than the model's context length (4096 tokens)."],
  ['SGLang', "Requested token count exceeds the model's maximum context length of 4096 tokens."],
  ['Ollama', 'the input length exceeds the context length'],
  ['LM Studio', 'The number of tokens to keep from the initial prompt is greater than the context length.'],
  ['xAI', "This model's maximum prompt length is 131072 but the request contains 150000 tokens."],
  ['Bedrock', 'Input is too long for requested model.'],
  ['Anthropic', 'prompt is too long: 210000 tokens > 200000 maximum'],
  [
    'Anthropic',
    'input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000, decrease input length or `max_tokens` and try again',
  ],
  ['Gemini', 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).'],
  [
    'OpenRouter',
    "This endpoint's maximum context length is 131072 tokens. However, you requested about 132463 tokens (1463 of text input, 131000 in the output).",
  ],
  ['Mistral', 'Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length'],
  ['Groq', 'Please reduce the length of the messages or completion.'],
  ['Cohere', 'too many tokens: size limit exceeded by 1000 tokens. Try using shorter or fewer inputs.'],
  ['Moonshot', 'Invalid request: Your request exceeded model token limit: 8192'],
  ['Zhipu', 'Prompt exceeds max length'],
  ['GitHub', 'prompt token count of 150000 exceeds the limit of 128000'],
  ['watsonx', 'the number of input tokens 5000 cannot exceed the total tokens limit 4096 for this model'],
])('%s says that a question is too long: %s', (_, words) => {
  expect(isAboutContext(words)).toBe(true)
  expect(isAboutLength(words)).toBe(true)
})

test.each([
  'max_tokens is too large: 600. This model supports at most 512 completion tokens, whereas you provided 600.',
  'Invalid max_tokens value, the valid range of max_tokens is [1, 512]',
  'max_tokens: 600 > 512, which is the maximum allowed number of output tokens for this model',
  '`max_new_tokens` must be <= 512. Given: 600',
])('that an answer is too long is another complaint: %s', words => {
  expect(isAboutContext(words)).toBe(false)
  expect(namesAnswerLimit(words) && isAboutLength(words)).toBe(true)
})

describe('other complaints are not about length', () => {
  test.each([
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
    'Input should be less than or equal to 2',
    'Input should be a valid string',
    "Invalid schema for response_format 'claims': 'maxLength' is not permitted.",
    'response_format json_schema is not supported',
    'Incorrect API key provided: sk-***',
    'The model `gone` does not exist or you do not have access to it.',
    'Rate limit reached for gpt-4.1 on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000.',
    'Request too large for model `m` in organization `o` on tokens per minute (TPM): Limit 6000, Requested 7000, please reduce your message size and try again.',
    'You exceeded your current quota, please check your plan and billing details.',
    'The server is overloaded or not ready yet.',
    'CUDA out of memory. Tried to allocate 2.00 GiB.',
    '413 Request Entity Too Large',
  ])('%s', words => {
    expect(isAboutLength(words)).toBe(false)
  })
})
