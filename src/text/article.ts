/** `an HTTPRoute`, `a UDPRoute`, `an Ingress`: by the sound that the word begins with. */
export const withArticle = (word: string): string => `${VOWEL.test(word) ? 'an' : 'a'} ${word}`;

/** Letters that are spelt begin with a vowel where their names do. */
const VOWEL = /^(?:[AEIOaeio]|[Uu](?!DP|RI|RL|ni|se)|[FHLMNRSX][A-Z])/;
