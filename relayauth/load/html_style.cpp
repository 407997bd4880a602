#include "relayauth/load/html_style.hpp"

namespace relayauth::load {

// Charts are drawn 480 units wide and shown 350 to 640 px wide: the size of their text, in those
// units, makes it 10 to 16 px on the screen.
std::string_view html_style() {
    return R"css(
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.45 system-ui,-apple-system,"Segoe UI",sans-serif;
overflow-wrap:break-word}
main{max-width:82rem;margin:0 auto;padding:1.25rem 1rem 2rem}
h1{font-size:1.5rem;line-height:1.2;margin:0 0 .25rem}
h2{font-size:1.0625rem;margin:0}
p{margin:.25rem 0}
.soft,figcaption,caption small{color:var(--soft)}
.caveat{margin:0 0 1rem;font-style:italic}
.verdict{background:var(--panel);border:1px solid var(--rule);border-left:.5rem solid var(--mood);border-radius:.25rem;
margin:1rem 0;padding:.75rem 1rem}
.verdict strong{font-size:1.25rem;color:var(--mood)}
.verdict ul{margin:.25rem 0 0;padding-left:1.25rem}
.good{--mood:var(--good)}.bad{--mood:var(--warn)}.doubt{--mood:var(--doubt)}
.key{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem 1.5rem;margin:1rem 0 1.5rem}
.key div{border-top:2px solid var(--rule);padding-top:.25rem}
.key dt{color:var(--soft);font-size:.875rem}
.key dd{margin:0;font-size:1.375rem;font-variant-numeric:tabular-nums}
.key small{display:block;color:var(--soft);font-size:.875rem}
.two{display:grid;grid-template-columns:minmax(0,1fr);gap:1rem;align-items:start}
.two>div{display:contents}
.two figure{order:-1}
@media(min-width:66rem){.two{grid-template-columns:repeat(2,minmax(0,1fr))}
.two>div{display:grid;grid-template-columns:minmax(0,1fr);gap:1rem}}
figure,.box{background:var(--panel);border:1px solid var(--rule);border-radius:.25rem;margin:0;padding:.75rem 1rem}
figcaption{font-size:.875rem;margin-top:.25rem}
.chart{display:block;width:100%;max-width:40rem;height:auto;margin-top:.5rem}
.chart text{font-size:12px}
@media(max-width:35rem){.chart text{font-size:15px}figure,.box{padding:.75rem}}
.box{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9375rem}
caption{text-align:left;font-weight:600;padding-bottom:.25rem}
th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;font-weight:400;border-top:1px solid var(--rule)}
thead th,thead td{border-top:0;color:var(--soft);font-size:.875rem}
th:last-child,td:last-child{padding-right:0}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
tbody th,td{overflow-wrap:anywhere}
tbody th{min-width:5.5rem}
.room{min-width:8rem}
th small{display:block;color:var(--soft)}
.bars td:last-child{width:40%;vertical-align:middle}
.bar{background:var(--warn);height:.75rem;min-width:2px}
footer{margin-top:1.5rem;font-size:.875rem;max-width:60rem}
@media print{body{background:#fff}figure,.box{break-inside:avoid}}
)css";
}

}  // namespace relayauth::load
