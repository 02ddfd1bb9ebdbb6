# Exchange: letters between a company's node and its station

# How far a link has come
link-offered = invited, has not joined yet
link-asked = asked to join, waiting for the station
link-joined = joined
link-ended = ended

# Sorts of letter
letter-question = question
letter-report = incident report
letter-progress = progress
letter-application = application
letter-material = material
letter-answer = answer
letter-prescription = prescription
letter-warning = warning
letter-invitation = invitation
letter-template = template
letter-notice = notice

# Ways
way-in = received
way-out = sent

# Fields
field-subject = Subject
field-letter = Letter

# Events
event-link-offered = invitation handed out
event-link-asked = asked to join
event-link-joined = joined
event-link-ended = link ended
event-letter-sent = letter sent
event-letter-received = letter received
event-letter-opened = letter read
w-line-until = good until { $day }
w-letter-in = received letter { $seq }
w-letter-out = sent letter { $seq }

# Refusals: what happened, and what to do next
refusal-link-known = This invitation was used already: it is { $no }. Nothing more is to be done.
refusal-link-ended = { $no } has ended. To go on, ask the station for another invitation.
refusal-not-joined = { $no } is not joined yet: the other side's keys are not known. Sync once, or swap bundles once.
refusal-invitation-over = The invitation was good until { $day }. Ask the station for another.
refusal-no-letter = { $no } has no letter { $seq }. List the letters and choose again.
refusal-letter-known = Letter { $seq } of { $no } was received before; nothing was recorded twice.
refusal-letter-missing = Letter { $seq } of { $no } has not come yet, so later ones are not taken. Ask the other side for another bundle: it will hold the missing one.
refusal-letter-forked = Letter { $seq } of { $no } does not follow what was received: the other side has two histories, most likely because it was restored from an old backup. Both letters are kept as evidence; talk to the other side, end this link and invite anew.

trouble-letter-too-large = The letter with its files is larger than { $most } MB. Hand large files over otherwise, and write their SHA-256 in the letter.
trouble-link-unknown = This bundle belongs to a link that is not here. Check the file, and that this is the receiver's directory.
trouble-own-bundle = This bundle was made by this very node. Hand it to the other side, and take the one that it makes.
trouble-link-no-url = The invitation named no address of the station, so a sync is not possible. Use export, carry the bundle to the station, and import the one that comes back.
trouble-witness-folder = The witness key can't be opened: { $why }. Check the rights of the folder witness in the data directory.
trouble-join-refused = The wish to join does not hold: it is not signed with the one-time key of the invitation, or is meant for another station. Send the company a new invitation.
trouble-cosignature = The other side's cosignature does not fit this node's ledger and was not kept. Run midun fsck first.
trouble-receipt = The receipt for letter { $seq } does not prove that the other side's ledger has it, and was not kept. Ask the other side.
trouble-invitation = This is no invitation, or not a whole one. It starts with midun-join: and must be copied whole.
trouble-bundle-form = This is no bundle, or it was cut off. Export and copy it again.
trouble-bundle-signature = The bundle is not signed by the other side, or was changed on its way. Nothing was taken; ask the other side for another.
trouble-station-refused = { $name } did not take it (HTTP { $status }). Make sure that the link was not ended there, and try again.

# Command line
cli-exchange-offered = Invitation { $no } is in the ledger and can be used once until { $day }. This text is shown only now; hand it to the company whole:
cli-exchange-asked = { $no }: to be joined with { $name }.
cli-exchange-asked-next = Go on with midun exchange sync; without a network, with export and import.
cli-exchange-none = No link yet. On a company's node: midun exchange join INVITATION; on a station: midun exchange offer.
cli-exchange-written = { $no }: letter { $seq } is sealed and leaves with the next sync.
cli-exchange-taken = { $no }: { $letters } letters new, { $known } known before, { $receipts } receipts new.
cli-exchange-synced = { $no }: { $rounds } rounds, { $sent } letters delivered, { $received } received.
cli-exchange-cosigned = The other side has cosigned { $size } entries of this ledger.
cli-exchange-exported = Written to { $path } ({ $bytes } bytes, { $letters } letters). Carry it to the other side.
cli-exchange-opened-none = There is no letter to read.
cli-exchange-unread = not read
cli-exchange-no-receipt = no receipt yet
cli-exchange-receipted = receipt { $at }
cli-exchange-which = There are { $n } links; say which one with --link.
cli-exchange-letter = { $sort }  { $subject }
cli-exchange-due = due { $day }
cli-exchange-re = answers { $way } letter { $seq }
cli-exchange-files = Files
cli-exchange-files-out = Written to { $path }

# Help of the command line
help-exchange = letters between a company's node and its station
help-exchange-offer = hand out an invitation to join (station)
help-exchange-company = which company is invited; without it the code that the node states decides
help-exchange-until = until when the invitation is good; 14 days if not said
help-exchange-url = the station's address, for syncs; without it bundles are carried
help-exchange-join = join by an invitation (company's node)
help-exchange-invitation = the invitation's text, or a file that holds it
help-exchange-code = the company's unified social credit code
help-exchange-sync = sync with the station: deliver what is waiting, fetch what is new
help-exchange-link = which link; not needed when there is only one
help-exchange-status = state of the links
help-exchange-write = write a letter
help-exchange-sort = sort: a node's question, report, progress, application, material; a station's answer, prescription, warning, invitation, template, notice
help-exchange-subject = what it is about
help-exchange-text = file with the text
help-exchange-attach = files that go with it
help-exchange-re = which received letter it answers
help-exchange-due = by when something is to be done
help-exchange-list = list letters
help-exchange-read = read a letter (goes into the ledger)
help-exchange-way = in for received, out for sent
help-exchange-seq = number of the letter
help-exchange-files = write its files to this folder
help-exchange-export = write a bundle, to be carried by mail or stick
help-exchange-out = file to write
help-exchange-import = take the other side's bundle
help-exchange-in = bundles
help-exchange-end = end a link
