import { describe, expect, test } from 'vitest'
import { machineWordsIn } from '../../../src/domain/machine-words.js'
import { serviceWordsIn } from '../../../src/domain/service-words.js'

describe('a model that says that it is one', () => {
  test.each([
    'As an AI language model, I cannot play a caller.',
    'Sorry, but as a large language model I do not have an order.',
    'As an AI developed by a company, I cannot do that.',
    "I'm just an AI assistant. How can I help you today?",
    'I’m an AI',
    'Hello, I am a virtual assistant and I am here to help.',
    'I am a chatbot!',
    'Als KI-Sprachmodell kann ich keine Anrufe führen.',
    'Ich bin nur ein Sprachmodell.',
    'Ich bin eine künstliche Intelligenz, die Ihnen hilft.',
    'En tant que modèle de langage, je ne peux pas vous appeler.',
    "En tant qu’intelligence artificielle, je n'ai pas de commande.",
    'Je suis une IA.',
    'Como modelo de lenguaje, no puedo hacer pedidos.',
    'Soy un asistente virtual.',
    'In quanto modello linguistico, non posso ordinare.',
    "Sono un'intelligenza artificiale.",
    'Como modelo de linguagem, não tenho pedidos.',
    'Eu sou apenas um assistente virtual.',
    'Als AI-taalmodel kan ik niet bellen.',
    'Ik ben slechts een taalmodel.',
    'Jako model językowy nie mogę dzwonić.',
    'Jestem tylko sztuczną inteligencją.',
    'Как языковая модель, я не могу звонить.',
    'Я всего лишь искусственный интеллект.',
    '作为一个人工智能语言模型，我无法打电话。',
    '我是一个AI助手。',
    'AI言語モデルとして、お答えできません。',
    '私はAIアシスタントです。',
  ])('%j', words => {
    expect(machineWordsIn(words, ['You want a refund.'])).toBeDefined()
  })

  test.each([
    'Am I speaking with an AI?',
    'Are you an AI assistant? I would rather talk to a person.',
    'As an AI, you cannot understand my problem.',
    'I am not an AI, I am a person!',
    'Do you think I am a chatbot?',
    'You talk to me as if I am a chatbot.',
    'I am an AI engineer, and my order is late.',
    'As an AI researcher, I ordered a graphics card.',
    'I am a virtual assistant at a law firm, and book for my boss.',
    'I am an aisle seat person.',
    'I bought a book: As a language model student.',
    'Bin ich mit einer KI verbunden?',
    'Ich bin keine KI.',
    'Als KI kannst du mir nicht helfen, ich will einen Menschen.',
    'Ich bin eine Kinderärztin.',
    'Je ne suis pas une IA.',
    'Est-ce que je parle à une intelligence artificielle ?',
    'No soy una IA.',
    '¿Eres un asistente virtual?',
    'Non sono un chatbot.',
    'Não sou uma IA.',
    'Nie jestem chatbotem.',
    'Я не искусственный интеллект.',
    '我不是AI。',
    '你是AI吗？',
    '私はAIではありません。',
  ])('is not who says %j', words => {
    expect(machineWordsIn(words, ['You want a refund.'])).toBeUndefined()
  })

  test('is not a caller that is told to be one, in its own words', () => {
    const told = 'You are an AI assistant that calls for Maria.'
    expect(machineWordsIn('I am an AI assistant, calling for Maria.', [told])).toBeUndefined()
    expect(machineWordsIn('As an AI language model, I cannot do that.', [told])).toBeDefined()
  })
})

describe('an offer to serve', () => {
  test.each([
    'How can I help you today?',
    'How may I assist you?',
    'Is there anything else I can help you with?',
    'What can I do for you?',
    'I have refunded your order.',
    'Wie kann ich Ihnen heute helfen?',
    'Womit kann ich dir weiterhelfen?',
    'Comment puis-je vous aider ?',
    '¿En qué puedo ayudarle?',
    'Come posso aiutarla?',
    'Como posso ajudar?',
    'Waarmee kan ik u van dienst zijn?',
    'W czym mogę pomóc?',
    'Чем я могу вам помочь?',
    'Size nasıl yardımcı olabilirim?',
    '请问有什么可以帮您？',
    'どのようなご用件でしょうか。',
  ])('%j', words => {
    expect(serviceWordsIn(words)).toBeDefined()
  })

  test.each([
    'Can you help me?',
    'How can you help me?',
    'How can I help my mother with this?',
    'Is there anything else you need?',
    'What can you do for me?',
    'Have you refunded my order?',
    'I have ordered your lamp.',
    'Können Sie mir helfen?',
    'Wie kann ich meine Bestellung ändern?',
    'Pouvez-vous m’aider ?',
    '¿Me puede ayudar?',
    'Mi può aiutare?',
    'Kunt u mij helpen?',
    'Czy może mi pan pomóc?',
    'Вы можете мне помочь?',
    'Bana yardımcı olabilir misiniz?',
    '你可以帮我吗？',
    '手伝ってもらえますか。',
  ])('is not %j', words => {
    expect(serviceWordsIn(words)).toBeUndefined()
  })
})
