"""Every demand that a finished PDF is held to, in the order in which they are told."""

from bookbuild.prepress.covers import cover_size, cover_text_at_edge, spine_text_too_wide, text_on_thin_spine
from bookbuild.prepress.demand import Demand
from bookbuild.prepress.inking import (
    black_of_several_inks,
    coarse_picture,
    colours,
    colours_of_pictures,
    needlessly_fine_picture,
    see_through,
    too_much_ink,
)
from bookbuild.prepress.paperwork import (
    acts_by_itself,
    file_too_large,
    font_not_embedded,
    font_too_new,
    links,
    locked,
    not_pdf_x_1a,
    outline,
)
from bookbuild.prepress.sheets import (
    odd_number_of_pages,
    page_count,
    page_cropped_or_moved,
    page_size,
    page_turned,
    stops_at_the_cut,
    text_at_edge,
    text_in_gutter,
    trim_not_printed,
    trims_differ,
)

DEMANDS: tuple[Demand, ...] = (
    page_count,
    odd_number_of_pages,
    trim_not_printed,
    trims_differ,
    page_size,
    page_cropped_or_moved,
    page_turned,
    text_in_gutter,
    text_at_edge,
    stops_at_the_cut,
    cover_size,
    cover_text_at_edge,
    spine_text_too_wide,
    text_on_thin_spine,
    font_not_embedded,
    font_too_new,
    colours,
    colours_of_pictures,
    black_of_several_inks,
    too_much_ink,
    see_through,
    coarse_picture,
    needlessly_fine_picture,
    links,
    outline,
    acts_by_itself,
    locked,
    file_too_large,
    not_pdf_x_1a,
)
"""None of them changes anything, and none needs another."""
