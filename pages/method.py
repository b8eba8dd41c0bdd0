"""Method: what is checked and why, how blanks are treated, what the columns mean."""

from pages.ui import catalogue
from pages.ui.filters import choose_view
from pages.ui.frame import open_page, open_section
from pages.ui.tables import show_glossary, show_table
from pages.ui.wording import name_code, say
from parsing.columns import FRAMES

shelf = open_page("method", needs_reports=False)
view = choose_view(
    "part",
    say("部分"),
    {"checks": say("检查目录"), "values": say("数值与空白"), "measures": say("统计口径"), "columns": say("列的含义")},
)

if view == "checks":
    remark = say("由检查登记表生成：每项检查做什么、依据什么、何时可能误报，在当前报告中的结果，测得的精度。")
    open_section(say("检查目录"), remark)
    check = catalogue.show_checks(shelf)
    if check:
        catalogue.show_check(check)
elif view == "values":
    open_section(say("数值与空白"), say("空白不是零。报告里的数字照读，不改动；读不准就写“未读”。"))
    show_glossary(catalogue.list_statuses(), say("数值与空白"), catalogue.status_labels())
elif view == "measures":
    open_section(say("统计口径"), say("各页的每个数从哪些单元格来；没有单元格时用正文的哪种陈述。"))
    show_table(catalogue.list_measures(), say("统计口径"), catalogue.measure_labels(), wide=["cells"], height=640)
else:
    open_section(say("列的含义"), say("页面和下载文件里各列的名称、单位和含义。"))
    frame = choose_view("frame", say("表"), {name: name_code("frame", name) for name in FRAMES})
    show_glossary(catalogue.list_columns(frame), say("列的含义"), catalogue.column_labels())
