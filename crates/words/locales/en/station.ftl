# The station: directory of companies, services, coverage

company-company = company
company-institution = institution
company-team = research team
company-never-served = not served yet
company-merged-into = merged into

tag-little-giant = “little giant”
tag-listed = listed company
tag-specialised = specialised and innovative SME
tag-high-tech = high-tech enterprise

service-visit = visit
service-training = training
service-diagnosis = diagnosis
service-one-to-one = one-to-one service
service-advice = advice
service-recognition = recognition
service-rights = help with rights

field-kind = kind
field-tags = tags
field-tag = tag
field-field = field
field-park = park
field-street = sub-district
field-contact = contact
field-what = what was done
field-who = organisation

column-name = name
column-code = unified social credit code
column-kind = kind
column-tags = tags (several in a cell)
column-high-tech = whether a high-tech enterprise
column-listed = whether listed
column-specialised = whether a specialised SME
column-little-giant = whether a “little giant”
column-field = field
column-park = park
column-street = sub-district
column-contact = contact
column-left-out = left out

event-company-added = taken into the directory
event-company-revised = directory entry corrected
event-company-merged = directory entries merged
event-directory-imported = directory imported
event-service-given = service given

refusal-not-on-a-station = This is a station, which registers nobody's secrets. Do this on the company's own node.
refusal-only-on-a-station = This is a company's node, which keeps no directory of companies. Do this in a station's directory (made by midun init --role station).
refusal-credit-code-length = A unified social credit code has 18 characters, this has { $found }. Check it and try again.
refusal-credit-code-character = Place { $place } of a unified social credit code can't be “{ $found }” (the letters I, O, S, V, Z are not used, and places 3 to 8 are digits). Check it and try again.
refusal-credit-code-check = The check character of this unified social credit code is wrong: after the first 17 it must be { $expected }. Compare every character with the business licence.
refusal-credit-code-missing = Companies and institutions need a unified social credit code: without it the same one comes in twice. Add the code; research teams may go without.
refusal-credit-code-taken = This unified social credit code belongs to { $no } already. Correct that entry instead of adding another.
refusal-name-taken = { $no } has this name already, and no code either. Correct that entry, or choose a name that tells them apart.
refusal-merged = { $no } was merged into { $into }. Go on with { $into }.
refusal-merged-into-itself = { $no } can't be merged into itself. Choose another entry that stays.
refusal-too-many-tags = There are more than { $most } tags. Keep those that are of use.
refusal-changed-meanwhile = Somebody has just corrected { $no }. Open it again, look at what it says now, then change it.
refusal-no-company = No company is chosen. Choose at least one.

trouble-sheet-empty = This file holds no table. Choose a CSV or XLSX file with a head and rows.
trouble-sheet-head-only = The table has a head only and no rows.
trouble-sheet-too-large = The file is larger than { $most } MB. Split it and import the parts.
trouble-sheet-rows = The table has more than { $most } rows. Split it and import the parts.
trouble-sheet-columns = Line { $line } has too many columns. Remove those that are not needed.
trouble-sheet-cell = Line { $line } has a cell that is too long. Shorten it and try again.
trouble-sheet-encoding = The text of line { $line } is in no known encoding. Save the table as CSV in UTF-8 or GB18030, or as XLSX.
trouble-sheet-old = This is a table in the old .xls format. Save it as .xlsx or .csv and import that.
trouble-sheet-damaged = The file is damaged or protected by a password. Open it in a spreadsheet program, save it anew and import that.
trouble-sheet-no-column = There is no heading “{ $heading }”. The columns are: { $known }.
trouble-sheet-no-name = No column is taken for the name or the unified social credit code. Say which is: one of them is needed.
intake-twice = It is the same one as in line { $line }. Keep one of the rows.
intake-ambiguous = More than one entry has this name ({ $no }, { $other }). Add the unified social credit code.
intake-kind = “{ $text }” is no known kind. Write company, institution or team.
intake-yes-no = “{ $text }” says neither yes nor no. Write yes or no.
intake-reason = why it was not imported

coverage-of = companies
coverage-any = had any service
coverage-all = all
coverage-without = (not said)
coverage-withheld = *

cli-no-companies = There is no such entry. Bring in a directory with midun company import, or add one with midun company add.
cli-of-total = { $n } listed, { $total } in all.
cli-column-form = “{ $text }” must be written WHAT=HEADING, such as name=Company.
cli-column-is = { $heading } → { $column }
cli-import-would = Preview, nothing was written: { $new } rows new, { $revised } changed, { $same } the same, { $refused } can't be imported.
cli-import-done = Imported: { $new } rows new, { $revised } changed, { $same } the same, { $refused } not imported.
cli-import-fault = line { $line } { $name }: { $why }
cli-import-more-faults = { $n } more are not listed; --refused FILE writes them as a table with the reasons, to be mended and imported again.
cli-too-many-companies = { $n } companies are meant, { $most } at once at most. Add conditions.
help-company = directory of companies (station)
help-company-add = add one
help-company-list = list the directory
help-company-show = show one: what is known of it and the services it had
help-company-revise = correct what is known of one; a blank takes it away
help-company-merge = make two entries of the same one into one
help-company-import = import a directory from CSV or XLSX
help-company-name = name
help-company-kind = company, institution or research team
help-company-no = number in the directory
help-company-into = the entry that stays
help-company-file = the table
help-company-column = says what a column is, such as name=Company; may be repeated
help-company-preview = only say what would happen
help-company-refused = write the rows that can't be imported, with the reasons, to this file
help-company-tag = tag, may be repeated; in a correction all tags from now on
help-company-field = field
help-company-park = park
help-company-street = sub-district
help-company-find = part of the name, number or code
help-company-with-tag = has this tag
help-company-had = had this service, may be repeated
help-company-lacks = did not have this service, may be repeated
help-company-never-served = never had any service
help-company-order = order: first puts those to be served first before others
help-service = services to companies (station)
help-service-give = record that companies were given a service
help-service-list = list the services given
help-service-which = visit, training, diagnosis, one-to-one, advice, recognition, rights
help-service-what = what was done
help-service-happened = when; today when not said
help-service-who = which organisation gave it; the station itself when not said
help-service-company = numbers in the directory; or use the conditions below to mean many
help-coverage = how many companies each service has reached (station)
help-coverage-by = by tag, field, park, sub-district or kind
help-coverage-public = for outsiders: figures under 10 are not shown, nor those that would give them away
help-limit = list so many at most
