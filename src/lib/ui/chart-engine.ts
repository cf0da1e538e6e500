import { BarChart, HeatmapChart, LineChart, PieChart, ScatterChart } from 'echarts/charts';
import {
  AriaComponent,
  DatasetComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import { init, use, type EChartsCoreOption, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([
  BarChart,
  HeatmapChart,
  LineChart,
  PieChart,
  ScatterChart,
  AriaComponent,
  DatasetComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
  SVGRenderer,
]);

export type { EChartsCoreOption, EChartsType };

/** Draws a chart in our ink: one blue, greys, and patterns that tell the series apart without colour. */
export function draw(place: HTMLElement, option: EChartsCoreOption, still: boolean): EChartsType {
  const chart = init(place, null, { renderer: 'svg' });
  const style = getComputedStyle(place);
  const ink = (name: string) => style.getPropertyValue(`--color-${name}`).trim();
  chart.setOption({
    color: ['blue', 'slate', 'pine', 'clay', 'edge'].map(ink),
    textStyle: {
      fontFamily: style.fontFamily,
      fontSize: parseFloat(style.fontSize) * 0.875,
      color: ink('soft'),
    },
    aria: { enabled: true, decal: { show: true } },
    animation: !still,
    animationDuration: 200,
    grid: { left: 8, right: 16, top: 40, bottom: 8 },
    ...option,
  });
  return chart;
}
