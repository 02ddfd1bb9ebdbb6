/* Optional comfort: every page works with this file missing. */
(function () {
  document.querySelectorAll('[data-copy]').forEach(function (b) {
    if (!navigator.clipboard) return;
    b.hidden = false;
    b.addEventListener('click', function () {
      navigator.clipboard.writeText(b.dataset.copy).then(function () { b.textContent = b.dataset.done; });
    });
  });
  /* After a failed form the reader starts at the summary of what to mend. */
  var errs = document.querySelector('.errs');
  if (errs) errs.focus();
  /* A double click does not send twice; the server would give the same answer anyway. */
  document.querySelectorAll('form[method=post]').forEach(function (f) {
    f.addEventListener('submit', function (e) {
      if (f.dataset.sent && !f.hasAttribute('data-again')) { e.preventDefault(); return; }
      f.dataset.sent = '1';
      setTimeout(function () { delete f.dataset.sent; }, 4000);
    });
  });
  /* A search that answers while one types; without this file its button does the same. */
  document.querySelectorAll('[data-live]').forEach(function (q) {
    var into = document.getElementById(q.dataset.live), wait = 0, asked = 0;
    if (!into || !window.fetch || !window.DOMParser) return;
    q.addEventListener('input', function (e) {
      if (e.isComposing) return;
      clearTimeout(wait);
      wait = setTimeout(function () {
        var mine = ++asked, url = q.form.action + '?q=' + encodeURIComponent(q.value);
        fetch(url, { credentials: 'same-origin' }).then(function (r) { return r.ok ? r.text() : ''; }).then(function (t) {
          var found = t && new DOMParser().parseFromString(t, 'text/html').getElementById(into.id);
          if (found && mine === asked) into.replaceChildren.apply(into, found.childNodes);
        }).catch(function () {});
      }, 120);
    });
    q.addEventListener('compositionend', function () { q.dispatchEvent(new Event('input')); });
  });
  /* Keys: / search, c register, g + letter goes to a section, j k move along rows. Never while typing. */
  var going = 0;
  var station = document.body.classList.contains('station');
  var places = station
    ? { h: '/', c: '/companies', s: '/services', o: '/coverage', l: '/ledger' }
    : { h: '/', s: '/secrets', p: '/people', d: '/partners', m: '/measures', e: '/dossiers', l: '/ledger', c: '/calendar' };
  document.addEventListener('keydown', function (e) {
    var t = e.target;
    if (e.isComposing || e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(t.tagName)) return;
    if (e.key === '/') {
      var q = document.getElementById('q0');
      if (q) { e.preventDefault(); q.focus(); }
      return;
    }
    if (e.key === 'g') { going = e.timeStamp; return; }
    if (going && e.timeStamp - going < 1200 && places[e.key]) { going = 0; location.href = places[e.key]; return; }
    going = 0;
    if (e.key === 'c') { location.href = station ? '/companies/new' : '/secrets/new'; return; }
    if (e.key !== 'j' && e.key !== 'k') return;
    var links = [].slice.call(document.querySelectorAll('main tbody th a, main .tasks a'));
    if (!links.length) return;
    var i = links.indexOf(document.activeElement) + (e.key === 'j' ? 1 : -1);
    links[Math.max(0, Math.min(links.length - 1, i))].focus();
  });
})();
