// Signs in again without leaving the page, when the session ended while the officer was typing.

const parse = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

export class Session {
  /** `page` is this page's address, `onReturn(token)` is called with the new form token. */
  constructor(dialog, { username, officer, signIn, secondStep, page }, onReturn) {
    Object.assign(this, { dialog, username, officer, signIn, secondStep, page, onReturn });
    this.password = dialog.querySelector("input[type=password]");
    this.code = dialog.querySelector("[data-code] input");
    dialog.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); this.enter(); });
    dialog.addEventListener("cancel", (event) => event.preventDefault());
  }

  ask() {
    if (this.dialog.open) return;
    this.show(false);
    this.dialog.showModal();
  }

  /** The password, or the code of the second step after it. */
  show(isSecond) {
    this.isSecond = isSecond;
    this.password.closest("label").hidden = isSecond;
    this.code.closest("label").hidden = !isSecond;
    if (this.dialog.open) (isSecond ? this.code : this.password).focus();
  }

  async enter() {
    this.say("กำลังเข้าสู่ระบบ…");
    try {
      const [wasSecond, answer] = [this.isSecond, await this.send()];
      this.code.value = "";
      if (answer.querySelector("main [name=code]")) return this.askCode(wasSecond);
      return await this.goOn();
    } catch {
      return this.say("ติดต่อระบบไม่ได้ ตรวจสอบอินเทอร์เน็ตแล้วลองอีกครั้ง");
    }
  }

  /** The page that the sign-in answers with. */
  async send() {
    const address = this.isSecond ? this.secondStep : this.signIn;
    const typed = this.isSecond ? { code: this.code.value.trim() } : { login: this.username, password: this.password.value };
    const form = await parse(await fetch(address));
    const token = form.querySelector("main [name=csrfmiddlewaretoken]")?.value ?? "";
    return parse(await fetch(address, { method: "POST", body: new URLSearchParams({ ...typed, csrfmiddlewaretoken: token }) }));
  }

  askCode(again) {
    this.show(true);
    this.say(again ? "รหัสยืนยันไม่ถูกต้อง ลองอีกครั้ง" : "");
  }

  async goOn() {
    const token = await this.token();
    this.show(false);
    this.password.value = "";
    if (!token) return this.say("เข้าสู่ระบบไม่สำเร็จ ตรวจสอบรหัสผ่านแล้วลองอีกครั้ง");
    this.say("");
    this.dialog.close();
    return this.onReturn(token);
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
