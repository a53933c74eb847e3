;;; postlint.el --- findings while a draft is written  -*- lexical-binding: t -*-

;; For Emacs 28 or newer. Put this file on the `load-path', then either
;;     (require 'postlint) (postlint-use-eglot)      with eglot: fixes and hovers
;;     (require 'postlint) (postlint-use-flymake)    with flymake alone

;;; Code:

(require 'flymake)
(require 'json)

(defvar postlint-program "postlint"
  "The program, by name or path.")

(defvar postlint-modes '(text-mode markdown-mode html-mode message-mode)
  "Major modes of drafts.")

(defvar postlint-options nil
  "What the language server is told when it starts, as a plist.
For instance (:profile (:jurisdiction \"GB\" :profession \"nurse\")).")

;;;; With eglot

(defvar eglot-server-programs)
(declare-function eglot-ensure "eglot")

;;;###autoload
(defun postlint-use-eglot ()
  "Start the language server in buffers of `postlint-modes'."
  (require 'eglot)
  (add-to-list 'eglot-server-programs
               `(,postlint-modes
                 . (,postlint-program "lsp"
                    ,@(and postlint-options
                           `(:initializationOptions ,postlint-options)))))
  (dolist (mode postlint-modes)
    (add-hook (intern (format "%s-hook" mode)) #'postlint--ensure)))

(defun postlint--ensure ()
  "Start eglot, but not in modes that are merely derived from a mode of drafts."
  (when (memq major-mode postlint-modes)
    (eglot-ensure)))

;;;; With flymake alone

(defvar-local postlint--process nil)

(defun postlint--diagnostic (buffer line)
  "Make a diagnostic of BUFFER from LINE, a JSON object of postlint's output."
  (let* ((one (json-parse-string line :object-type 'plist :array-type 'list))
         (bytes (plist-get one :byte)))
    (when (plist-get one :rule)
      (flymake-make-diagnostic
       buffer
       (byte-to-position (1+ (nth 0 bytes)))
       (byte-to-position (1+ (nth 1 bytes)))
       (pcase (plist-get one :level)
         ("error" :error) ("warning" :warning) (_ :note))
       (format "%s [%s]" (plist-get one :message) (plist-get one :rule))))))

(defun postlint--read (buffer output)
  "All diagnostics of BUFFER in OUTPUT, a buffer of JSON lines."
  (with-current-buffer buffer
    (save-restriction
      (widen)
      (delq nil (mapcar (lambda (line) (postlint--diagnostic buffer line))
                        (split-string (with-current-buffer output
                                        (buffer-string))
                                      "\n" t))))))

(defun postlint-flymake (report &rest _)
  "Judge the buffer and tell flymake by REPORT."
  (when (process-live-p postlint--process)
    (kill-process postlint--process))
  (let ((buffer (current-buffer))
        (coding-system-for-write 'utf-8-unix)
        (coding-system-for-read 'utf-8-unix))
    (setq postlint--process
          (make-process
           :name "postlint" :noquery t :connection-type 'pipe
           :buffer (generate-new-buffer " *postlint*")
           :stderr nil
           :command (list postlint-program "--quiet" "--format" "jsonl"
                          "--stdin-filename"
                          (or (buffer-file-name) "draft.txt") "-")
           :sentinel
           (lambda (process _event)
             (unless (process-live-p process)
               (unwind-protect
                   (when (and (buffer-live-p buffer)
                              (eq process (buffer-local-value
                                           'postlint--process buffer)))
                     (if (memq (process-exit-status process) '(0 1))
                         (funcall report (postlint--read
                                          buffer (process-buffer process)))
                       (funcall report :panic
                                :explanation "postlint could not judge it")))
                 (kill-buffer (process-buffer process)))))))
    (save-restriction
      (widen)
      (process-send-region postlint--process (point-min) (point-max)))
    (process-send-eof postlint--process)))

(defun postlint--flymake-here ()
  "Let flymake judge this buffer."
  (when (memq major-mode postlint-modes)
    (add-hook 'flymake-diagnostic-functions #'postlint-flymake nil t)
    (flymake-mode 1)))

;;;###autoload
(defun postlint-use-flymake ()
  "Judge buffers of `postlint-modes' by flymake."
  (dolist (mode postlint-modes)
    (add-hook (intern (format "%s-hook" mode)) #'postlint--flymake-here)))

(provide 'postlint)
;;; postlint.el ends here
