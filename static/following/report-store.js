// What the portal does not have yet, kept in this browser under the account's number: texts and chosen files.
// Where the browser offers no storage, everything works but nothing outlives the page.

const NAME = "mi-trimestre";
const STORE = "reportes";

let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function work(mode, deed) {
  try {
    const database = await open();
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = deed(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } catch {
    return undefined;
  }
}

export const keyOf = ({ account, period, activity }) => `${account}/${period}/${activity}`;

// True when it is there to be found after a reload.
export const keep = async (record) => (await work("readwrite", (store) => store.put(record))) !== undefined;
export const take = (key) => work("readonly", (store) => store.get(key));
export const drop = (key) => work("readwrite", (store) => store.delete(key));
const all = async () => (await work("readonly", (store) => store.getAll())) ?? [];

// On a shared computer the text of each person waits for that person: nobody else is shown it, or loses it.
export const ownOf = async (account) => (await all()).filter((record) => record.account === account);

export async function dropOwn(account) {
  for (const record of await ownOf(account)) await drop(record.key);
}

const LONGEST_KEPT = 90 * 24 * 60 * 60 * 1000; // milliseconds that a text waits for somebody who does not come back

export async function dropOld() {
  for (const record of await all()) if (!(Date.now() - record.savedOn < LONGEST_KEPT)) await drop(record.key);
}
