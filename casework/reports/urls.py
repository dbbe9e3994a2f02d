"""Addresses of the board, the daily report and their explanations."""

from django.urls import path

from casework.reports.views import board, deadline, timeliness

urlpatterns = [
    path("board", board.board, name="board"),
    path("board/again", board.board_again, name="board_again"),
    path("board/<slug:anchor>", board.explain, name="explain"),
    path("timeliness", timeliness.timeliness, name="timeliness"),
    path("deadlines/<int:pk>", deadline.deadline, name="deadline"),
]
