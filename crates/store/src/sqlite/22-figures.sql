-- Figures of a period read each register by its days.

CREATE INDEX request_happened ON request (happened, theme, state, due, replied);
CREATE INDEX visit_day ON visit (day, state);
CREATE INDEX prescription_happened ON prescription (happened, theme, state, due);
CREATE INDEX letter_at ON letter (at, way, link, seq);
CREATE INDEX service_period ON service (happened, service, company);
