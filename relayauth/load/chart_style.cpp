#include "relayauth/load/svg_chart.hpp"

namespace relayauth::load {

// Text has a contrast of 4.5 or more to its background, lines 3 or more. Blue and orange stay
// apart for all kinds of colour blindness, and lines differ in weight or dashes as well.
std::string_view colour_style() {
    return R"css(
:root{color-scheme:light dark;--page:#f6f5f2;--panel:#fff;--ink:#1c1b19;--soft:#57554f;--rule:#e2e0da;
--base:#85837b;--plan:#918f86;--main:#0067a8;--warn:#bd4b00;--faint:#7a7870;--good:#00704f;--doubt:#7a3d99}
@media(prefers-color-scheme:dark){:root{--page:#141413;--panel:#1d1d1b;--ink:#edebe6;--soft:#b5b3ab;
--rule:#383733;--base:#8b8980;--plan:#807e76;--main:#5db6f0;--warn:#f3923f;--faint:#98968d;
--good:#43c898;--doubt:#cda2e6}}
)css";
}

std::string_view chart_style() {
    return R"css(
.chart text{fill:var(--soft)}
.chart .name{fill:var(--ink)}
.chart .note{stroke:var(--panel);stroke-width:.5em;paint-order:stroke}
.chart path{fill:none}
.chart .back{fill:var(--panel)}
.chart .grid{stroke:var(--rule)}
.chart .base{stroke:var(--base)}
.chart .line{stroke-width:1.8;stroke-linejoin:round}
.chart .line.plan{stroke:var(--plan);stroke-width:4}
.chart .line.main{stroke:var(--main)}
.chart .line.warn{stroke:var(--warn);stroke-dasharray:7 3}
.chart .line.faint{stroke:var(--faint);stroke-width:1.2}
.chart .bars.warn{fill:var(--warn)}
)css";
}

}  // namespace relayauth::load
