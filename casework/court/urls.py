"""Addresses of police protection and emergency orders."""

from django.urls import path

from casework.court.views import correcting, orders, police, together

urlpatterns = [
    path("emergency-powers", together.now, name="emergency_now"),
    path("people/<str:reference>/emergency-powers", together.of_person, name="emergency_of_person"),
    path("people/<str:reference>/police-protection/new", police.record, name="record_police_protection"),
    path("police-protection/<int:pk>", police.protection, name="police_protection"),
    path("police-protection/of/<path:row>", police.of_row, name="police_protection_row"),
    path("police-protection/<int:pk>/change", police.change, name="change_police_protection"),
    path("police-protection/<int:pk>/told", police.told, name="police_child_told"),
    path("police-protection/<int:pk>/end", police.end, name="end_police_protection"),
    path("police-protection/<int:pk>/put-right", correcting.protection, name="put_police_protection_right"),
    path("people/<str:reference>/emergency-orders/new", orders.record, name="record_emergency_order"),
    path("emergency-orders/<int:pk>", orders.order, name="emergency_order"),
    path("emergency-orders/of/<path:row>", orders.of_row, name="emergency_order_row"),
    path("emergency-orders/<int:pk>/change", orders.change, name="change_emergency_order"),
    path("emergency-orders/<int:pk>/extend", orders.extend, name="extend_emergency_order"),
    path("emergency-orders/<int:pk>/end", orders.end, name="end_emergency_order"),
    path("emergency-orders/<int:pk>/put-right", correcting.order, name="put_emergency_order_right"),
]
