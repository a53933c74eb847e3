;; Emacs with the file that its page tells to use, eglot: the right words underlined,
;; a fix applied, cleared, shut down.
(require 'postlint)
(setq eglot-sync-connect 30 eglot-autoshutdown nil)

(defun fail (step what)
  (message "%s: %S" step what)
  (kill-emacs 1))

(defun wait (step holds)
  (let ((end (+ (float-time) 30)))
    (while (and (not (funcall holds)) (< (float-time) end))
      (accept-process-output nil 0.02))
    (unless (funcall holds) (fail step (buffer-string)))))

(defun words (d)
  (buffer-substring-no-properties
   (flymake-diagnostic-beg d) (flymake-diagnostic-end d)))

(postlint-use-eglot)
(find-file (getenv "DRAFT"))
;; Without a command loop the hook that connects after a command does not run.
(apply #'eglot (eglot--guess-contact))
(flymake-mode 1)
(flymake-start)
(wait "a finding" (lambda () (flymake-diagnostics)))
(let ((d (car (flymake-diagnostics))))
  (unless (equal (words d) "honey cures asthma") (fail "the words" (words d)))
  (unless (string-match-p "trial evidence" (flymake-diagnostic-text d))
    (fail "the reason" (flymake-diagnostic-text d)))
  (let* ((actions (append
                   (jsonrpc-request
                    (eglot--current-server-or-lose) :textDocument/codeAction
                    (list :textDocument (eglot--TextDocumentIdentifier)
                          :range (list :start (eglot--pos-to-lsp-position
                                               (flymake-diagnostic-beg d))
                                       :end (eglot--pos-to-lsp-position
                                             (flymake-diagnostic-end d)))
                          :context (list :diagnostics [])))
                   nil))
         (edit (plist-get (car actions) :edit)))
    (unless edit (fail "a fix" actions))
    (eglot--apply-workspace-edit edit)))
(unless (equal (string-trim (buffer-string)) (getenv "FIXED"))
  (fail "the fixed text" (buffer-string)))
(eglot--signal-textDocument/didChange)
(wait "cleared" (lambda () (flymake-start) (null (flymake-diagnostics))))
(let ((server (eglot-current-server)))
  (eglot-shutdown server)
  (wait "stopped" (lambda () (not (jsonrpc-running-p server)))))
(set-buffer-modified-p nil)
(kill-emacs 0)
