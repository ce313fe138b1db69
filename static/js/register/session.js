// Signs in again without leaving the page, when the session ended while the officer was typing.

const parse = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

export class Session {
  /** `page` is this page's address, `onReturn(token)` is called with the new form token. */
  constructor(dialog, { username, officer, signIn, page }, onReturn) {
    Object.assign(this, { dialog, username, officer, signIn, page, onReturn });
    dialog.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); this.enter(); });
    dialog.addEventListener("cancel", (event) => event.preventDefault());
  }

  ask() {
    if (!this.dialog.open) this.dialog.showModal();
  }

  async enter() {
    const password = this.dialog.querySelector("input[type=password]");
    this.say("กำลังเข้าสู่ระบบ…");
    try {
      await this.post(password.value);
      const token = await this.token();
      password.value = "";
      if (!token) return this.say("เข้าสู่ระบบไม่สำเร็จ ตรวจสอบรหัสผ่านแล้วลองอีกครั้ง");
      this.say("");
      this.dialog.close();
      return this.onReturn(token);
    } catch {
      return this.say("ติดต่อระบบไม่ได้ ตรวจสอบอินเทอร์เน็ตแล้วลองอีกครั้ง");
    }
  }

  async post(password) {
    const form = await parse(await fetch(this.signIn));
    const token = form.querySelector("main [name=csrfmiddlewaretoken], form [name=csrfmiddlewaretoken]")?.value ?? "";
    await fetch(this.signIn, { method: "POST", body: new URLSearchParams({ login: this.username, password, csrfmiddlewaretoken: token }) });
  }

  /** The token of a fresh copy of this page; undefined when it is not shown to this officer. */
  async token() {
    const form = (await parse(await fetch(this.page))).querySelector("#register");
    return form?.dataset.officer === this.officer ? form.elements.csrfmiddlewaretoken.value : undefined;
  }

  say(words) {
    this.dialog.querySelector("[role=status]").textContent = words;
  }
}
