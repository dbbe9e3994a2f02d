"""Addresses of the front door."""

from django.urls import path

from casework.front_door.views import board, contacts, decisions, files, matching, partners, referrals, stepping_up

urlpatterns = [
    path("contacts", board.triage_board, name="triage_board"),
    path("contacts/record", contacts.record, name="record_contact"),
    path("people/<str:reference>/contact", contacts.record_about, name="record_contact_about"),
    path("people/<str:reference>/contacts", contacts.of_person, name="contacts_of_person"),
    path("contacts/<str:reference>", contacts.contact, name="contact"),
    path("contacts/<str:reference>/change", contacts.change, name="change_contact"),
    path("contacts/<str:reference>/people", contacts.name_people, name="name_people"),
    path("contacts/<str:reference>/match", matching.match_people, name="match_people"),
    path("contacts/<str:reference>/named/<int:number>/find", matching.find_named, name="find_named"),
    path("contacts/<str:reference>/named/<int:number>/aside", matching.set_named_aside, name="set_named_aside"),
    path("contacts/<str:reference>/family", matching.family, name="contact_family"),
    path("contacts/<str:reference>/files/add", files.add_files, name="contact_add_files"),
    path("contacts/<str:reference>/files/<str:document>", files.file, name="contact_file"),
    path("contacts/<str:reference>/files/<str:document>/content", files.file_content, name="contact_file_content"),
    path("contacts/<str:reference>/files/<str:document>/in-error", files.file_in_error, name="contact_file_in_error"),
    path("contacts/<str:reference>/take", contacts.take, name="take_contact"),
    path("contacts/<str:reference>/aside", contacts.set_aside, name="set_contact_aside"),
    path("contacts/<str:reference>/sharing", contacts.sharing, name="contact_sharing"),
    path("contacts/<str:reference>/ask", partners.ask, name="ask_agency"),
    path("contacts/<str:reference>/asked/<str:asked>", partners.write_answer, name="write_answer"),
    path("contacts/<str:reference>/decide", decisions.decide, name="decide_contact"),
    path("contacts/<str:reference>/children/<str:child>/correct", decisions.correct, name="correct_decision"),
    path("contacts/<str:reference>/tell", decisions.tell, name="tell_referrer"),
    path("early-help/<int:pk>/step-up", stepping_up.step_up, name="early_help_step_up"),
    path("referrals", board.referrals, name="referrals_waiting"),
    path("referrals/<str:reference>", referrals.referral, name="referral"),
    path("referrals/<str:reference>/decide", referrals.decide_step, name="decide_step"),
    path("referrals/<str:reference>/correct", referrals.correct_step, name="correct_step"),
    path("referrals/<str:reference>/tell", referrals.tell_of_referral, name="tell_of_referral"),
    path("referrals/<str:reference>/team", referrals.give_to_team, name="give_to_team"),
    path("referrals/<str:reference>/close", referrals.close, name="close_referral"),
    path("questions", partners.questions, name="questions"),
    path("questions/<str:reference>", partners.question, name="question"),
]
