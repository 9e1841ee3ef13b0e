"""The words by which mail programs of some thirty languages announce what they quote.

Kept apart from the rules that use them, so that a language is added by adding words.
"""

from __future__ import annotations

LEADS = (
    "On|Am|Le|El|Il giorno|Il|Em|No dia|Op|W dniu|Dnia|Den|På|Dne|Dňa|Pe data de|Pe|În|La|Στις|На|"
    "В|Во|Dana|Pada|Tanggal|Vào lúc|Vào|Lúc|Ngày|Em dom|Data|Ons|Kl|Tarihinde|Az|"
    "在|於|于|בתאריך|ב-|في"
)

# Verbs of "somebody wrote", as regular expressions; longer ones before their beginnings.
WROTE = (
    "wrote|writes|sent|schrieb|geschrieben|a écrit|a ecrit|écrivait|écrit|escribió|escribio|"
    "ha escrito|escreveu|ha scritto|scriveva|scrive|schreef|geschreven|"
    r"napisał\(?a?\)?|napisała|pisze|skrev|skreiv|kirjoitti|"
    r"написал\(?а?\)?|написала|пишет|писал\(?а?\)?|написав|написала|пише|писав|написа|"
    r"napsal\(?a?\)?|napísal\(?a?\)?|ezt írta|írta|a scris|napisao|napisala|je napisal|"
    "kirjutas|rašė|rakstīja|şunları yazdı|yazdı|έγραψε|đã viết|viết|menulis|va escriure|"
    "ha escrit|のメール|書きました|写道|寫道|写到|작성|썼습니다|כתב/ה|כתבה|כתב|كتب|نوشت"
)

ORIGINAL = (
    "original message|reply message|original appointment|ursprüngliche nachricht|"
    "originalnachricht|antwort nachricht|ursprünglicher termin|oprindelig meddelelse|"
    "message d['’]origine|message original|message initial|mensaje original|messaggio originale|"
    "mensagem original|oorspronkelijk bericht|ursprungligt meddelande|originalmeddelande|"
    "opprinnelig melding|alkuperäinen viesti|исходное сообщение|оригинальное сообщение|"
    "оригінальне повідомлення|původní zpráva|původní e-mail|pôvodná správa|eredeti üzenet|"
    "mesaj original|mesajul original|orijinal ileti|orijinal mesaj|özgün ileti|αρχικό μήνυμα|"
    "thư gốc|tin nhắn gốc|元のメッセージ|原始邮件|原始郵件|原邮件|원본 메시지|הודעה מקורית|"
    "الرسالة الأصلية|oryginalna wiadomość|wiadomość oryginalna|pesan asli|izvorna poruka|"
    "izvirno sporočilo|missatge original"
)

FORWARDED = (
    "forwarded message|forwarded by|forwarded mail|begin forwarded message|"
    "weitergeleitete nachricht|anfang der weitergeleiteten (?:nachricht|e-mail)|"
    "message transféré|début du message (?:réexpédié|transféré)|mensaje reenviado|"
    "inicio del mensaje reenviado|mensagem encaminhada|mensagem reencaminhada|"
    "início da mensagem (?:encaminhada|reencaminhada)|messaggio inoltrato|"
    "inizio messaggio inoltrato|doorgestuurd bericht|begin doorgestuurd bericht|"
    "vidarebefordrat (?:meddelande|brev)|videresendt (?:meddelelse|melding|besked)|"
    "start på videresendt melding|välitetty viesti|edelleenlähetetty viesti|"
    "wiadomość przekazana|przekazana wiadomość|początek przekazywanej wiadomości|"
    "пересылаемое сообщение|перенаправленное сообщение|пересланное сообщение|"
    "переслане повідомлення|přeposlaná zpráva|preposlaná správa|továbbított üzenet|"
    "mesaj redirecționat|iletilen ileti|iletilmiş mesaj|προωθημένο μήνυμα|"
    "thư đã chuyển tiếp|転送メッセージ|転送されたメッセージ|转发邮件|转发的邮件|轉寄的郵件|"
    "전달된 메시지|הודעה שהועברה|الرسالة المعاد توجيهها|pesan terusan|missatge reenviat"
)

FORWARD_PREFIX = (
    "fwd?|wg|tr|rv|i|enc|fs|vl|vb|doorst|pd|vs|пересл|ilt|továbbítás|továbbítva|转发|轉寄|전달"
)

# Labels of the header blocks that Outlook and others put above what they quote.
LABELS = {
    "from": (
        "from|von|de|da|van|od|från|fra|lähettäjä|от|від|feladó|de la|kimden|gönderen|từ|από|"
        "差出人|送信者|发件人|寄件者|寄件人|보낸 사람|보낸사람|מאת|من|dari|expeditor|nuo|saatja|no"
    ),
    "sent": (
        "sent|gesendet|envoyé|envoyé le|enviado|enviado el|enviada em|enviado em|enviada|inviato|"
        "verzonden|wysłano|wysłane|skickat|sendt|lähetetty|отправлено|надіслано|odesláno|"
        "odoslané|elküldve|küldve|trimis|gönderilen|gönderildi|gönderme tarihi|đã gửi|εστάλη|"
        "στάλθηκε|送信日時|发送时间|發送時間|寄件日期|傳送時間|보낸 날짜|נשלח|تم الإرسال|poslano|"
        "dikirim|saadetud|išsiųsta"
    ),
    "date": (
        "date|datum|fecha|data|dato|päivämäärä|päiväys|дата|dátum|tarih|ngày|ημερομηνία|日付|"
        "日期|日時|날짜|תאריך|التاريخ|tanggal|kuupäev"
    ),
    "to": (
        "to|an|à|para|a|aan|do|till|til|vastaanottaja|кому|komu|címzett|către|kime|alıcı|"
        "đến|tới|προς|宛先|收件人|收件者|받는 사람|받는사람|אל|إلى|kepada|prima|per a"
    ),
    "cc": "cc|bcc|kopie|copie|kopia|kopi|kopio|копия|копія|másolat|抄送|副本|참조|עותק|نسخة|bilgi",
    "subject": (
        "subject|betreff|objet|asunto|oggetto|assunto|onderwerp|temat|ämne|emne|aihe|тема|"
        "předmět|predmet|tárgy|subiect|konu|chủ đề|θέμα|件名|主题|主旨|標題|제목|נושא|الموضوع|"
        "zadeva|perihal|subjek|assumpte|teema|tema"
    ),
    "other": (
        "reply-to|antwort an|répondre à|responder a|attachments|anlagen|pièces jointes|importance|"
        "priority|wichtigkeit|organization|mailed-by|x-mailer"
    ),
}

DEVICES = (
    r"sent (?:from|via|with|by) (?:my|mail|outlook|yahoo|gmail|proton|samsung|mobile|an?|the|"
    r"blackberry)\b|"
    r"sent from (?:\w+ ){1,4}(?:phone|tablet|mobile|device|app)|"
    r"get outlook for (?:ios|android|mac)|sent using |"
    r"von meinem .{2,40} gesendet|gesendet (?:von|mit) |envoyé (?:de|depuis|à partir de) |"
    r"obtenez outlook|enviado desde|enviado do|enviado a partir|inviato da|scarica outlook|"
    r"verzonden (?:vanaf|met|vanuit) |skickat från|sendt fra|lähetetty .{2,30}(?:sta|stä|ltani)\b|"
    r"wysłane z|wysłano z|отправлено (?:с|из) |надіслано з|odesláno z|odoslané z|"
    r"iphone-?ról küldve|trimis de pe|.{2,20}'?(?:mdan|den|dan) gönderildi|στάλθηκε από|"
    r".{1,20}から送信|发自我的|發自我的|從我的 .{2,20}傳送|나의 .{2,20}에서 보냄|נשלח מה|via mobile"
)

FAREWELLS = (
    r"(?:(?:best|kind|kindest|warm|warmest|many|with|my|very|with best|with kind)\s+)*"
    r"(?:regards?|rgds)|sincerely(?: yours)?|yours(?: (?:sincerely|truly|faithfully))?|cheers|"
    r"best(?: wishes)?|all the best|respectfully(?: yours)?|take care|kr|br|cordially|"
    r"mit (?:freundlich\w+|best\w+|lieb\w+|herzlich\w+) gr(?:u|ü)(?:ß|ss)e?n?|"
    r"(?:viele|beste|liebe|schöne|herzliche|freundliche|sonnige)\w* gr(?:u|ü)(?:ß|ss)e?|mfg|lg|vg|"
    r"gr(?:u|ü)(?:ß|ss)e?|hochachtungsvoll|"
    r"(?:bien )?cordialement|bien à (?:vous|toi)|(?:sincères|meilleures|cordiales) salutations|"
    r"salutations(?: distinguées)?|amicalement|"
    r"(?:un |muchos )?(?:cordial(?:es)? )?saludos?(?: cordial(?:es)?)?|atentamente|cordialmente|"
    r"(?:cordiali|distinti) saluti|(?:tanti )?saluti|atenciosamente|(?:com os melhores |melhores )?"
    r"cumprimentos|abraços?|att|met (?:vriendelijke|hartelijke) groet(?:en)?|"
    r"(?:vriendelijke |hartelijke )?groet(?:en|jes)?|mvg|"
    r"(?:serdecznie )?pozdrawiam(?: serdecznie)?|z poważaniem|"
    r"(?:med )?(?:vänlig\w*|bästa) hälsning(?:ar)?|hälsningar|mvh|(?:med )?(?:venn?lig\w*|beste|"
    r"bedste|de bedste) hils(?:en|ner)|hilsen|ystävällisin terveisin|terveisin|t\. |"
    r"с уважением|всего доброго|с наилучшими пожеланиями|з повагою|"
    r"s (?:pozdravem|pozdravom|přátelským pozdravem|úctou)|(?:szívélyes )?üdvözlettel|"
    r"tisztelettel|üdv|cu (?:stimă|respect)|(?:toate cele bune)|saygılar(?:ımla|ımızla)?|"
    r"iyi çalışmalar|με εκτίμηση|φιλικά|trân trọng|敬具|此致|敬礼|祝好|顺颂商祺|"
    r"בברכה|مع (?:خالص )?(?:التحية|تحياتي)|salam|hormat saya|lep pozdrav|srdačan pozdrav"
)

THANKS = (
    r"(?:many |best )?thanks(?: (?:a lot|so much|again|in advance|and regards|very much))?|"
    r"thank you(?: (?:so much|very much|again|in advance|kindly))?|thx|danke(?: (?:schön|sehr|"
    r"dir|ihnen|im voraus))?|vielen dank(?: im voraus)?|merci(?: (?:beaucoup|d['’]avance|bien))?|"
    r"(?:muchas )?gracias(?: de antemano)?|grazie(?: mille)?|(?:muito )?obrigad[oa]|"
    r"(?:hartelijk )?dank(?: je)?(?: wel)?|bedankt|dzięki|dziękuję|tack(?: så mycket)?|"
    r"(?:mange )?takk?|kiitos|спасибо|дякую|děkuji|ďakujem|köszönöm|mulțumesc|teşekkürler|"
    r"ευχαριστώ|cảm ơn|ありがとうございます|谢谢|謝謝|감사합니다|תודה|شكرا"
)
