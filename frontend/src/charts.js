// Draws each table of figures as a chart: from what stands in the table, so that both always say the same.
import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, registerLocale, use } from "echarts/core";
import langVI from "echarts/lib/i18n/langVI.js";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);
registerLocale("VI", langVI);

// Told apart by lightness too, not by hue alone; each series keeps its own.
const COLOURS = ["#b5623c", "#e8b878", "#7a5391", "#2a8791", "#c43a2d", "#b9c4a5", "#6b7885"];
const ROW = 34; // px of a bar that lies

const written = (number) => number.toLocaleString("vi");
const texts = (cells) => [...cells].map((cell) => cell.textContent.trim());

function read(table) {
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  const series = heads.map((head, column) => ({ head, column })).filter(({ head }) => head.hasAttribute("data-series"));
  return {
    names: texts(rows.map((row) => row.cells[0])),
    series: series.map(({ head, column }, place) => ({
      color: COLOURS[place],
      name: head.textContent.trim(),
      data: rows.map((row) => Number(row.cells[column].querySelector("data").value)),
    })),
  };
}

function options({ names, series }, lying, ink, paper) {
  const category = { type: "category", data: names, inverse: lying, axisTick: { show: false },
    axisLabel: { color: ink, width: lying ? 220 : undefined, overflow: "truncate" } };
  const value = { type: "value", minInterval: 1, axisLabel: { color: ink, formatter: written } };
  return {
    aria: { enabled: true },
    animation: false,
    textStyle: { fontFamily: "Be Vietnam Pro", color: ink },
    grid: { left: 8, right: 16, top: series.length > 1 ? 64 : 16, bottom: 8, containLabel: true },
    legend: { show: series.length > 1, top: 0, textStyle: { color: ink } },
    tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: written, axisPointer: { type: "shadow" }, backgroundColor: paper, textStyle: { color: ink } },
    xAxis: lying ? value : category,
    yAxis: lying ? category : value,
    series: series.filter(({ data }) => data.some(Boolean)).map((one) => ({ ...one, type: "bar", stack: "all", barMaxWidth: 48 })),
  };
}

function draw(figure) {
  const table = figure.querySelector("table");
  const lying = figure.dataset.chart === "lying";
  const found = read(table);
  const place = document.createElement("div");
  place.className = "chart";
  place.style.height = `${lying ? 110 + ROW * found.names.length : 340}px`;
  figure.prepend(place);
  const style = getComputedStyle(document.body);
  const chart = init(place, null, { locale: "VI", renderer: "canvas" });
  chart.setOption(options(found, lying, style.color, style.backgroundColor));
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", `${table.caption.textContent.trim()}. Số liệu nằm trong bảng số ngay dưới.`);
  figure.querySelector("details").open = false;
  new ResizeObserver(() => chart.resize()).observe(place);
}

// Legends are as wide as their words in our font.
document.fonts.ready.then(() => document.querySelectorAll("figure[data-chart]").forEach(draw));
