// Days as they are stored and as the page prints them. A browser's own formatter takes milliseconds for each.
const MONTHS = "January February March April May June July August September October November December".split(" ");

const isoDay = (day) =>
  [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((n) => String(n).padStart(2, "0")).join("-");

const spokenDay = (iso) => {
  const [year, month, day] = iso.split("-").map(Number);
  return `${day} ${MONTHS[month - 1]} ${year}`;
};
