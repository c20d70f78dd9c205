// Django's proposal of a slug drops letters that it does not know: those of Kazakh and Persian, and
// Latin ones with the signs of transliteration.
{
  const letters = {
    ә: "a", ғ: "g", қ: "k", ң: "n", ө: "o", ұ: "u", ү: "u", һ: "h",
    ا: "a", ک: "k", گ: "g", پ: "p", چ: "ch", ژ: "zh", ی: "y",
  };
  const proposed = window.URLify;
  const readable = (letter) =>
    proposed(letter, 9)
      ? letter
      : (letters[letter.toLowerCase()] ?? letter.normalize("NFD").replace(/\p{M}/gu, ""));

  window.URLify = (text, ...limits) => proposed(Array.from(text, readable).join(""), ...limits);
}
