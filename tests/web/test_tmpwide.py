from tests.web.recruiter.test_refusals_in_a_browser import browser, page, sign_in, PASSWORD
from tests.web.staff import installation, office
JS="""() => [document.documentElement.scrollWidth, innerWidth, ...[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth ).slice(0,12).map(e => e.tagName+'.'+e.className+' '+Math.round(e.getBoundingClientRect().right)+' '+getComputedStyle(e).position+' '+e.textContent.slice(0,20))]"""
def test_x(page, office):
    sign_in(page, PASSWORD)
    page.goto(f"/openings/{office.opening}/compare?c={office.casey}")
    for w in (1280, 1280, 320, 1280):
        page.set_viewport_size({"width": w, "height": 800})
        for i in range(3):
            print(w, page.evaluate(JS)); page.wait_for_timeout(300)
