// What the pages do beyond being read: theme, contents on a phone, search, questions. Nothing is fetched from anywhere.
(() => {
  "use strict";
  const up = document.body.dataset.up;

  // Theme: the system's, until the reader says otherwise.
  const root = document.documentElement;
  const theme = document.querySelector(".theme");
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches);
  const showTheme = () => theme.setAttribute("aria-pressed", String(dark()));
  theme.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("fargate-course-theme", root.dataset.theme); } catch { /* not kept, then */ }
    showTheme();
  });
  prefersDark.addEventListener("change", showTheme);
  showTheme();

  // The contents, where the window is too narrow to have them beside the text.
  const menu = document.querySelector(".menu");
  const contents = document.getElementById("contents");
  const openMenu = (open) => {
    contents.classList.toggle("open", open);
    menu.setAttribute("aria-expanded", String(open));
  };
  menu.addEventListener("click", () => {
    openMenu(!contents.classList.contains("open"));
    if (contents.classList.contains("open")) scrollTo(0, 0);
  });
  contents.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { openMenu(false); menu.focus(); }
  });
  const current = contents.querySelector("[aria-current]");
  if (current && contents.scrollHeight > contents.clientHeight) {
    contents.scrollTop = current.offsetTop - contents.clientHeight / 2;
  }

  // What can be scrolled sideways can be reached by keyboard.
  const reachable = () => {
    for (const box of document.querySelectorAll("pre, .wide")) {
      const scrolls = box.scrollWidth > box.clientWidth;
      if (!scrolls) { box.removeAttribute("tabindex"); box.removeAttribute("role"); box.removeAttribute("aria-label"); continue; }
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", box.matches("pre") ? "Text that can be scrolled" : "Table that can be scrolled");
    }
  };
  addEventListener("resize", reachable);
  document.addEventListener("toggle", reachable, true);
  reachable();

  // Questions: choose, check, and read of every option why.
  for (const question of document.querySelectorAll(".question")) {
    const form = question.querySelector("form");
    const key = question.dataset.key.split(" ");
    const verdict = question.querySelector(".verdict");
    const [check, again] = question.querySelectorAll(".doing button");
    const options = [...question.querySelectorAll(".option")];
    const inputs = options.map((option) => option.querySelector("input"));
    const reason = (id) => question.querySelector(`.reasons li[data-option="${id}"]`);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = inputs.filter((input) => input.checked).map((input) => input.value);
      if (chosen.length !== key.length) {
        verdict.textContent = `${question.querySelector(".how").textContent} You chose ${chosen.length || "none"}.`;
        return;
      }
      const right = chosen.every((id) => key.includes(id));
      verdict.textContent = right ? "Right." : "Not right.";
      options.forEach((option, at) => {
        const id = option.dataset.option;
        const why = document.createElement("p");
        why.className = "why";
        why.id = `${inputs[at].id}-why`;
        why.innerHTML = reason(id).innerHTML;
        if (chosen.includes(id)) why.append(" (your answer)");
        option.append(why);
        inputs[at].setAttribute("aria-describedby", why.id);
        inputs[at].disabled = true;
        option.classList.add(key.includes(id) ? "right" : chosen.includes(id) ? "wrong" : "other");
      });
      verdict.after(question.querySelector(".reasons .worked").cloneNode(true));
      check.hidden = true;
      again.hidden = false;
      again.focus({ preventScroll: true });
    });
    form.addEventListener("reset", () => {
      verdict.textContent = "";
      question.querySelectorAll("form .why, form .worked").forEach((one) => one.remove());
      options.forEach((option) => option.classList.remove("right", "wrong", "other"));
      inputs.forEach((input) => { input.disabled = false; input.removeAttribute("aria-describedby"); });
      check.hidden = false;
      again.hidden = true;
      setTimeout(() => inputs[0].focus());
    });
  }

  // Search: the index is a script beside the pages, loaded when it is first wanted.
  const field = document.getElementById("search");
  const results = document.querySelector(".results");
  const found = document.getElementById("found");
  const list = results.querySelector("ul");
  const MOST = 20;
  let loading = null;
  const loaded = () => loading ??= new Promise((done) => {
    const script = document.createElement("script");
    script.src = `${up}assets/search-index.js`;
    script.onload = done;
    document.head.append(script);
  });
  const words = (text) => text.toLowerCase().split(/[\s,;:()"'`]+/).filter(Boolean);
  const rank = (title, heading, text, wanted) => {
    let sum = 0;
    for (const word of wanted) {
      const here = (heading.includes(word) ? 8 : 0) + (title.includes(word) ? 3 : 0) + Math.min(text.split(word).length - 1, 3);
      if (!here) return 0;
      sum += here;
    }
    return sum;
  };
  const excerpt = (text, wanted) => {
    const said = text.toLowerCase();
    const whole = wanted.join(" ");
    const word = said.includes(whole) ? whole : wanted[0];
    const at = said.indexOf(word);
    if (at < 0) return [];
    const begin = Math.max(0, text.lastIndexOf(" ", Math.max(0, at - 40)) + 1);
    const mark = document.createElement("mark");
    mark.textContent = text.slice(at, at + word.length);
    return [`${begin ? "… " : ""}${text.slice(begin, at)}`, mark, `${text.slice(at + word.length, at + word.length + 60)} …`];
  };
  const weight = ([, , , text]) => (text ? 1 : 0.2); // a law is looked up after what a lesson says
  const entry = ([number, anchor, heading, text], wanted) => {
    const [path, title] = window.courseIndex.pages[number];
    const link = document.createElement("a");
    link.href = `${up}${path}${anchor ? `#${encodeURIComponent(anchor)}` : ""}`;
    const of = document.createElement("span");
    of.className = "of";
    of.append(...(heading === title ? [] : [title, ". "]), ...excerpt(text, wanted));
    link.append(heading, of);
    const item = document.createElement("li");
    item.append(link);
    return item;
  };
  const search = async () => {
    const wanted = words(field.value);
    results.hidden = !wanted.length;
    if (!wanted.length) return;
    await loaded();
    const { pages, sections } = window.courseIndex;
    const hits = sections
      .map((one) => [weight(one) * rank(pages[one[0]][1].toLowerCase(), one[2].toLowerCase(), one[3].toLowerCase(), wanted), one])
      .filter(([points]) => points)
      .sort((one, other) => other[0] - one[0]);
    list.replaceChildren(...hits.slice(0, MOST).map(([, one]) => entry(one, wanted)));
    found.textContent = hits.length > MOST ? `The first ${MOST} of ${hits.length} places` : `${hits.length || "No"} place${hits.length === 1 ? "" : "s"}`;
  };
  field.addEventListener("focus", loaded, { once: true });
  field.addEventListener("input", search);
  field.form.addEventListener("submit", (event) => { event.preventDefault(); list.querySelector("a")?.focus(); });
  field.form.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") { results.hidden = true; field.focus(); }
    if (event.key === "ArrowDown" && !results.hidden) { event.preventDefault(); links[at + 1]?.focus(); }
    if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); (links[at - 1] ?? field).focus(); }
  });
  document.addEventListener("click", (event) => { if (!field.form.contains(event.target)) results.hidden = true; });
  field.form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !field.form.contains(event.relatedTarget)) results.hidden = true;
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "k") { event.preventDefault(); field.focus(); }
  });
})();
