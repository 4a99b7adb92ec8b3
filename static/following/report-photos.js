// Photos made small enough for a slow line, in the browser: the portal gets the small one.

const LONGEST_SIDE = 1600;
const QUALITY = 0.82;
const WORTH_IT = 300_000; // bytes under which nothing is gained
const PHOTOS = ["image/jpeg", "image/png", "image/webp"];

export async function shrunk(file) {
  if (!PHOTOS.includes(file.type) || file.size < WORTH_IT) return file;
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    const context = canvas.getContext("2d");
    context.fillStyle = "#FFFFFF"; // what was transparent
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  } catch {
    return file; // not a picture that this browser can draw: the portal looks at it
  }
}
