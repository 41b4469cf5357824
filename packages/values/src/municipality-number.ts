/**
 * Four digits, the first two a county. Lenient on purpose: counties are split and merged (01–20 until 2017,
 * 50 from 2018, 30–54 from 2020, 31–56 from 2024), and old notices keep their old numbers. `99` is Svalbard
 * and the shelf in some registers, not a municipality.
 */
export function isMunicipalityNumber(text: string): boolean {
  if (!/^\d{4}$/.test(text)) return false;
  const county = Number(text.slice(0, 2));
  return county >= 1 && county <= 56 && text.slice(2) !== '00';
}
