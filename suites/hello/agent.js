// A bakery's assistant: takes a customer's words and returns its answer.

const prices = { croissant: 2.5, baguette: 1.8 }

export default async function reply(message) {
  const item = Object.keys(prices).find((name) => message.toLowerCase().includes(name))
  if (item) {
    const order = { name: 'place_order', arguments: { item, quantity: 1 }, result: { price: prices[item] } }
    return { content: `One ${item}, that is $${prices[item].toFixed(2)}. Anything else?`, tool_calls: [order] }
  }
  if (/\b(no|thanks|bye)\b/i.test(message)) return { content: 'Thank you, see you soon!', end: true }
  return 'I am sorry, we only have croissants and baguettes. What would you like?'
}
