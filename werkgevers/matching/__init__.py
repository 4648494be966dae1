"""Matching of candidates and vacancies: one definition as data (`criteria`), in SQL and in numpy alike
(R131).
"""
