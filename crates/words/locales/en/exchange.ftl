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

# Pages
w-nav-exchange = Exchange
w-exchange-lead-enterprise = Letters to and from the district's station: sealed, signed, in both ledgers. The station sees none of the company's secrets.
w-exchange-lead-station = Letters to and from companies' nodes: sealed, signed, in both ledgers. Those with unread letters come first.
w-links-none = No link yet
w-links-none-station = No company has joined yet
w-links-none-why = Ask the district's station for an invitation, then choose “Join a station”. Everything else on this node works without it.
w-links-none-why-station = Choose “Invite a company”, and hand the text to the company, which pastes it into its own node. Without a network, bundles travel by stick.
w-links-caption = { $first }–{ $last } of { $n }
w-link-other = Other side
w-link-anybody = no company named
w-link-lead-offered = The invitation was handed out. Once the company has used it, both sides can write.
w-link-lead-asked = The wish to join leaves with the next sync or bundle. Letters can be written already.
w-link-lead-joined = Both sides hold each other's keys and witness each other's ledgers.
w-link-lead-ended = The link has ended. Letters and receipts are kept.
w-link-facts = Link
w-link-company = Company
w-link-heard = Last heard of
w-link-received = Letters received
w-link-sent = Receipted / sent
w-link-cosigned = This ledger, cosigned by the other side
w-link-witnessed = The other side's ledger, cosigned here
w-link-key = The other side's log key
w-link-until = Invitation good until
w-link-url = Station's address
w-entries-count = { $n } entries
w-letters = Letters
w-letters-none = No letter yet.
w-letter-way = Way
w-letter-at = In the ledger since
w-letter-unread = not read
w-letter-waiting = no receipt yet
w-letter-was-read = read
w-letter-receipted = receipt { $at }
w-letter-sort = Sort
w-letter-text = Text
w-letter-files = Files
w-letter-due = To be done by
w-letter-re = Answers
w-letter-says = What it says
w-letter-facts = Envelope
w-letter-size = Size when sealed
w-letter-digest = Digest of the letter (SHA-256)
w-letter-read-times = Times read
w-letter-sealed = The letter is sealed
w-letter-sealed-why = Opening it goes into the ledger: who, when and why.
w-letter-why = Why you read it (may be left out)
w-open-letter = Open and read
w-receipt = Receipt
w-receipt-is = received there at { $at }, entry { $leaf } of the other side's ledger; its inclusion proof was checked
w-receipt-none = none yet
w-receipt-file = Proof of receipt
w-receipt-take = Download (JSON: event and inclusion proof)
w-answer-letter = Answer
w-sync = Sync now
w-make-bundle = Export a bundle
w-take-bundle = Take a bundle
w-take-bundle-lead = Bundles that came by mail or stick. Wrong order, repetition and loss do no harm: what is missing comes with the next one, and nothing is recorded twice.
w-bundle-files = Bundles
w-do-take = Take
w-write-letter = Write a letter
w-write-letter-lead = The letter is sealed to both sides, and only they can open it. It is in the ledger at once and leaves with the next sync or bundle. Don't write the content of secret points in letters.
w-write-answer-lead = Answers received letter { $n }. It is sealed to both sides, in the ledger at once, and leaves with the next sync or bundle.
w-do-send = Seal and record
w-offer-link = Invite a company
w-offer-link-lead = You get a text, shown once, that the company pastes into its own node. Whoever holds it can join once in the company's place: hand it over in person or by a channel you trust.
w-offer-company-hint = The company's number, such as QY-0001; without it the credit code that the node states finds the entry.
w-offer-url-hint = This station's address as companies reach it, such as https://station.example; without it bundles are carried.
w-not-an-address = An address starts with https:// or http://; correct it.
w-do-offer = Make the invitation
w-invitation = Invitation
w-invitation-hint = The whole text that starts with midun-join:. Line breaks and blanks don't matter.
w-invitation-once = Good once, until { $day }. It is not shown again after this page.
w-invitation-text = The invitation
w-invitation-next = On its own node the company opens “Exchange · Join a station” and pastes it; on the command line it uses midun exchange join.
w-invitation-kept = Handed over; show the link
w-ask-link = Join a station
w-ask-link-lead = Paste the invitation that the station gave you. This node only calls out; the station can't call in.
w-join-code-hint = The station finds you in its directory by it.
w-do-join = Join
w-join-what = Once joined
w-join-what-1 = Each side keeps the other's keys and witnesses the other's ledger: the station can prove how many entries you had on which day, and sees nothing in them.
w-join-what-2 = Letters are sealed to both sides. The station sees only what you write in letters.
w-join-what-3 = You can end it at any time; letters and receipts stay with you.
w-end-link = End the link
w-end-link-lead = No letter can be written any more; those on their way are still taken. To go on, the station has to invite anew.
