// What the corpus asks for and nothing more: an article a page, a list a language, a list a topic.
const TOPICS = 20;
const LANGUAGES = ["zh", "en"];

export default function (config) {
  for (const language of LANGUAGES) {
    const found = (api) => api.getFilteredByGlob(`content/${language}/articles/*.md`);
    config.addCollection(`${language}-articles`, found);
    for (let number = 1; number <= TOPICS; number++) {
      const topic = `topic-${number}`;
      config.addCollection(`${language}-${topic}`, (api) =>
        found(api).filter((item) => item.data.topics.includes(topic)),
      );
    }
  }
  const lists = LANGUAGES.flatMap((language) =>
    ["articles", ...Array.from({ length: TOPICS }, (_, at) => `topic-${at + 1}`)].map((name) => ({ language, name })),
  );
  config.addGlobalData("lists", lists);
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  return { dir: { input: "content", includes: "../_includes", output: "output" }, markdownTemplateEngine: false };
}
