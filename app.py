"""The router: `streamlit run app.py` opens the overview; every page also opens by its own address."""

import streamlit as st

from pages.ui.navigation import list_pages

st.navigation(list_pages(), position="hidden").run()
