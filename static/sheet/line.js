// Requests in their order, one at a time. What the network loses is tried again until it arrives.

import { Refusal } from "./server.js";

const FIRST_PAUSE = 700;
const LONGEST_PAUSE = 30_000;
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

export class Line {
  constructor({ tell, settled }) {
    Object.assign(this, { tell, settled });
    this.tasks = [];
    this.idle = Promise.resolve();
  }

  get isBusy() {
    return this.tasks.length > 0;
  }

  // A task: `run(again)` asks the portal, `refused(refusal)` mends the page where it says no.
  add(task) {
    this.tasks.push(task);
    if (this.tasks.length === 1) this.idle = this.work();
    return this.idle;
  }

  async work() {
    let wait = FIRST_PAUSE;
    let again = false;
    while (this.tasks.length) {
      const [task] = this.tasks;
      try {
        await task.run(again);
        again = false;
        wait = FIRST_PAUSE;
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) {
          this.tasks.shift();
          throw refusal;
        }
        this.tell("failed", refusal.message);
        again = refusal.again;
        if (again) {
          await pause(wait);
          wait = Math.min(wait * 2, LONGEST_PAUSE);
          continue;
        }
        task.refused?.(refusal);
      }
      this.tasks.shift();
    }
    this.settled();
  }
}
