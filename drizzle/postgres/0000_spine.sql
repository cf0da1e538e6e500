CREATE TABLE "certificate" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"number" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C",
	"attempt_id" text COLLATE "C",
	"path" text COLLATE "C" NOT NULL,
	"frozen" text NOT NULL,
	"issued_on" text COLLATE "C" NOT NULL,
	"valid_until" text COLLATE "C",
	"state" text COLLATE "C" NOT NULL,
	"revoked_reason" text COLLATE "C" NOT NULL,
	"issued_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "certificate_kind" (
	"code" text COLLATE "C" PRIMARY KEY NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"issuer" text COLLATE "C" NOT NULL,
	"letter" text COLLATE "C" NOT NULL,
	"validity_months" bigint,
	"source" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "number_series" (
	"key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"last" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "registered_certificate" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"operation" text COLLATE "C" NOT NULL,
	"number" text COLLATE "C" NOT NULL,
	"valid_until" text COLLATE "C",
	"path" text COLLATE "C" NOT NULL,
	"registered_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attendance" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"session_id" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"way" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"device" text COLLATE "C",
	"by_account" text COLLATE "C" NOT NULL,
	"spot_check" boolean NOT NULL,
	"checked_at" bigint,
	"reason" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "class_instructor" (
	"class_id" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "class_instructor_class_id_account_id_pk" PRIMARY KEY("class_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "class_session" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"held_on" text COLLATE "C" NOT NULL,
	"half" text COLLATE "C" NOT NULL,
	"topic" text COLLATE "C" NOT NULL,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"sign_from" bigint NOT NULL,
	"sign_until" bigint NOT NULL,
	"secret" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "enrolment" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"class_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"enrolled_by" text COLLATE "C" NOT NULL,
	"enrolled_at" bigint NOT NULL,
	"withdrawn_at" bigint
);
--> statement-breakpoint
CREATE TABLE "outside_training" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"division_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"organizer" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"from_on" text COLLATE "C" NOT NULL,
	"to_on" text COLLATE "C" NOT NULL,
	"half_days" bigint NOT NULL,
	"upload_id" text COLLATE "C",
	"state" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"entered_by" text COLLATE "C" NOT NULL,
	"entered_at" bigint NOT NULL,
	"decided_by" text COLLATE "C",
	"decided_at" bigint
);
--> statement-breakpoint
CREATE TABLE "outside_training_person" (
	"training_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"half_days" bigint NOT NULL,
	CONSTRAINT "outside_training_person_training_id_person_id_pk" PRIMARY KEY("training_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "sign_in_try" (
	"session_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"failures" bigint NOT NULL,
	CONSTRAINT "sign_in_try_session_id_person_id_pk" PRIMARY KEY("session_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "sign_sheet" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"session_id" text COLLATE "C" NOT NULL,
	"upload_id" text COLLATE "C" NOT NULL,
	"by_account" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "training_class" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"division_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"organizer" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"note" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"starts_on" text COLLATE "C" NOT NULL,
	"ends_on" text COLLATE "C" NOT NULL,
	"course_id" text COLLATE "C",
	"certificate_kind" text COLLATE "C",
	"created_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "course" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"slug" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"summary" text COLLATE "C" NOT NULL,
	"audience" text COLLATE "C" NOT NULL,
	"division_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"is_public" boolean NOT NULL,
	"timed" boolean NOT NULL,
	"duty_basis" text COLLATE "C",
	"state" text COLLATE "C" NOT NULL,
	"sources" text NOT NULL,
	"created_at" bigint NOT NULL,
	"published_at" bigint
);
--> statement-breakpoint
CREATE TABLE "credit_entry" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"year" bigint NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"half_days" bigint NOT NULL,
	"credit_hundredths" bigint NOT NULL,
	"held_on" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"evidence" text COLLATE "C" NOT NULL,
	"rule_version" text COLLATE "C" NOT NULL,
	"reverses" text COLLATE "C",
	"entered_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lesson" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"course_id" text COLLATE "C" NOT NULL,
	"chapter" text COLLATE "C" NOT NULL,
	"ordinal" bigint NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	"files" text NOT NULL,
	"minutes" bigint NOT NULL,
	"credit_hundredths" bigint NOT NULL,
	"quiz" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lesson_progress" (
	"person_id" text COLLATE "C" NOT NULL,
	"lesson_id" text COLLATE "C" NOT NULL,
	"course_id" text COLLATE "C" NOT NULL,
	"credited_ms" bigint NOT NULL,
	"position" bigint NOT NULL,
	"reached_end_at" bigint,
	"quiz_tries" bigint NOT NULL,
	"quiz_passed_at" bigint,
	"completed_at" bigint,
	"opened_at" bigint NOT NULL,
	"seen_at" bigint NOT NULL,
	CONSTRAINT "lesson_progress_person_id_lesson_id_pk" PRIMARY KEY("person_id","lesson_id")
);
--> statement-breakpoint
CREATE TABLE "live_play" (
	"person_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"play_id" text COLLATE "C" NOT NULL,
	"lesson_id" text COLLATE "C" NOT NULL,
	"pinged_at" bigint NOT NULL,
	"prompt_at" bigint NOT NULL,
	"prompt_until" bigint,
	"unconfirmed_ms" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "adoption" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"pack_id" text COLLATE "C" NOT NULL,
	"division_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"document_number" text COLLATE "C" NOT NULL,
	"from_on" text COLLATE "C" NOT NULL,
	"until_on" text COLLATE "C",
	"adopted_by" text COLLATE "C" NOT NULL,
	"adopted_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "counter" (
	"division_id" text COLLATE "C" NOT NULL,
	"year" bigint NOT NULL,
	"grouping" text COLLATE "C" NOT NULL,
	"headcount" bigint NOT NULL,
	"covered" bigint NOT NULL,
	"ruled" bigint NOT NULL,
	"exempt" bigint NOT NULL,
	"met" bigint NOT NULL,
	CONSTRAINT "counter_division_id_year_grouping_pk" PRIMARY KEY("division_id","year","grouping")
);
--> statement-breakpoint
CREATE TABLE "exemption" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"rule_id" text COLLATE "C" NOT NULL,
	"year" bigint NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"asked_by" text COLLATE "C" NOT NULL,
	"asked_at" bigint NOT NULL,
	"decided_by" text COLLATE "C",
	"decided_at" bigint
);
--> statement-breakpoint
CREATE TABLE "frozen_figure" (
	"division_id" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL,
	"grouping" text COLLATE "C" NOT NULL,
	"figures" text NOT NULL,
	"frozen_at" bigint NOT NULL,
	CONSTRAINT "frozen_figure_division_id_month_grouping_pk" PRIMARY KEY("division_id","month","grouping")
);
--> statement-breakpoint
CREATE TABLE "indicator" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"plan_id" text COLLATE "C" NOT NULL,
	"ordinal" bigint NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"nature" text COLLATE "C" NOT NULL,
	"base_value" text COLLATE "C" NOT NULL,
	"target_value" text COLLATE "C" NOT NULL,
	"final_value" text COLLATE "C" NOT NULL,
	"source" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "indicator_plan" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"division_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"from_year" bigint NOT NULL,
	"until_year" bigint NOT NULL,
	"closed_at" bigint,
	"source" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person_year" (
	"person_id" text COLLATE "C" NOT NULL,
	"year" bigint NOT NULL,
	"attendance_half_days" bigint NOT NULL,
	"elsewhere_half_days" bigint NOT NULL,
	"online_credit_hundredths" bigint NOT NULL,
	"adjustment_half_days" bigint NOT NULL,
	"adjustment_credit_hundredths" bigint NOT NULL,
	"certificates" bigint NOT NULL,
	"items" bigint NOT NULL,
	CONSTRAINT "person_year_person_id_year_pk" PRIMARY KEY("person_id","year")
);
--> statement-breakpoint
CREATE TABLE "rule" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"pack_id" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"categories" text NOT NULL,
	"metric" text COLLATE "C" NOT NULL,
	"required" bigint NOT NULL,
	"strength" text COLLATE "C" NOT NULL,
	"risk" text COLLATE "C" NOT NULL,
	"ordinal" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rule_pack" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"division_id" text COLLATE "C" NOT NULL,
	"document" text COLLATE "C" NOT NULL,
	"from_on" text COLLATE "C" NOT NULL,
	"until_on" text COLLATE "C",
	"hours_per_day" bigint NOT NULL,
	"online_share_max" bigint,
	"source" text COLLATE "C" NOT NULL,
	"mark" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "standing" (
	"post_id" text COLLATE "C" NOT NULL,
	"rule_id" text COLLATE "C" NOT NULL,
	"year" bigint NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"category" text COLLATE "C" NOT NULL,
	"roster" text COLLATE "C" NOT NULL,
	"division_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"organization_id" text COLLATE "C",
	"required" bigint NOT NULL,
	"done" bigint NOT NULL,
	"exempt" boolean NOT NULL,
	"met" boolean NOT NULL,
	"covered" boolean NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "standing_post_id_rule_id_year_pk" PRIMARY KEY("post_id","rule_id","year")
);
--> statement-breakpoint
CREATE TABLE "event" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"stream" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"actor_id" text COLLATE "C",
	"actor_name" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"detail" text NOT NULL,
	"previous_hash" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attempt" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"exam_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"ordinal" bigint NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"started_at" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"submitted_at" bigint,
	"lease" text COLLATE "C" NOT NULL,
	"lease_at" bigint NOT NULL,
	"receipt" text COLLATE "C",
	"score" bigint,
	"passed" boolean,
	"leaves" bigint NOT NULL,
	"shape" text COLLATE "C" NOT NULL,
	"result" text
);
--> statement-breakpoint
CREATE TABLE "attempt_answer" (
	"attempt_id" text COLLATE "C" NOT NULL,
	"slot" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"answer" text COLLATE "C" NOT NULL,
	"saved_at" bigint NOT NULL,
	"late" boolean NOT NULL,
	CONSTRAINT "attempt_answer_attempt_id_slot_pk" PRIMARY KEY("attempt_id","slot")
);
--> statement-breakpoint
CREATE TABLE "attempt_paper" (
	"attempt_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"items" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exam" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"class_id" text COLLATE "C",
	"division_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"blueprint" text NOT NULL,
	"opens_at" bigint NOT NULL,
	"entry_until" bigint NOT NULL,
	"closes_at" bigint NOT NULL,
	"minutes" bigint NOT NULL,
	"total_score" bigint NOT NULL,
	"pass_score" bigint NOT NULL,
	"attempts_max" bigint NOT NULL,
	"grace_seconds" bigint NOT NULL,
	"notice" text COLLATE "C" NOT NULL,
	"show_review" boolean NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"created_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exam_allowance" (
	"exam_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"extra_minutes" bigint NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"granted_by" text COLLATE "C" NOT NULL,
	"granted_at" bigint NOT NULL,
	CONSTRAINT "exam_allowance_exam_id_person_id_pk" PRIMARY KEY("exam_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "exam_template" (
	"code" text COLLATE "C" PRIMARY KEY NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"parts" text NOT NULL,
	"minutes" bigint NOT NULL,
	"pass_score" bigint NOT NULL,
	"source" text COLLATE "C" NOT NULL,
	"mark" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "question" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"division_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"type" text COLLATE "C" NOT NULL,
	"stem" text COLLATE "C" NOT NULL,
	"stem_key" text COLLATE "C" NOT NULL,
	"options" text NOT NULL,
	"answer" text COLLATE "C" NOT NULL,
	"explanation" text COLLATE "C" NOT NULL,
	"basis" text COLLATE "C" NOT NULL,
	"difficulty" text COLLATE "C" NOT NULL,
	"topic" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"withdrawn_at" bigint,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "account" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person_id" text COLLATE "C",
	"login_name" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"password_hash" text COLLATE "C",
	"must_change_password" boolean NOT NULL,
	"disabled_at" bigint,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "account_grant" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"division_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"organization_id" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "card" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"issue" bigint NOT NULL,
	"issued_at" bigint NOT NULL,
	"failures" bigint NOT NULL,
	"used_at" bigint,
	"withdrawn_at" bigint
);
--> statement-breakpoint
CREATE TABLE "category_alias" (
	"division_id" text COLLATE "C" NOT NULL,
	"word" text COLLATE "C" NOT NULL,
	"category" text COLLATE "C" NOT NULL,
	CONSTRAINT "category_alias_division_id_word_pk" PRIMARY KEY("division_id","word")
);
--> statement-breakpoint
CREATE TABLE "division" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"code" text COLLATE "C",
	"parent_id" text COLLATE "C",
	"name" text COLLATE "C" NOT NULL,
	"level" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"pinyin" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "login_throttle" (
	"key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"failures" bigint NOT NULL,
	"since" bigint NOT NULL,
	"blocked_until" bigint
);
--> statement-breakpoint
CREATE TABLE "organization" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"credit_code" text COLLATE "C",
	"division_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"industry" text COLLATE "C",
	"high_risk" boolean NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"pinyin" text COLLATE "C" NOT NULL,
	"id_cipher" text COLLATE "C",
	"id_hash" text COLLATE "C",
	"id_masked" text COLLATE "C" NOT NULL,
	"sex" text COLLATE "C" NOT NULL,
	"birth_on" text COLLATE "C" NOT NULL,
	"phone" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"merged_into" text COLLATE "C",
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "post" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"category" text COLLATE "C" NOT NULL,
	"division_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"organization_id" text COLLATE "C",
	"unit" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"operation" text COLLATE "C" NOT NULL,
	"held_from" text COLLATE "C" NOT NULL,
	"held_until" text COLLATE "C",
	"sameness" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "post_category" (
	"code" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"level" text COLLATE "C" NOT NULL,
	"roster" text COLLATE "C" NOT NULL,
	"ordinal" bigint NOT NULL,
	"source" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"expires_at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"seen_at" bigint NOT NULL,
	"address" text COLLATE "C" NOT NULL,
	"agent" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "column_memory" (
	"division_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"heading" text COLLATE "C" NOT NULL,
	"field" text COLLATE "C" NOT NULL,
	CONSTRAINT "column_memory_division_id_kind_heading_pk" PRIMARY KEY("division_id","kind","heading")
);
--> statement-breakpoint
CREATE TABLE "fact" (
	"key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"value" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "job" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"payload" text NOT NULL,
	"run_at" bigint NOT NULL,
	"lease_until" bigint,
	"attempts" bigint NOT NULL,
	"done" bigint NOT NULL,
	"total" bigint NOT NULL,
	"done_at" bigint,
	"failure" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "sheet_import" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"division_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"organization_id" text COLLATE "C",
	"file_id" text COLLATE "C" NOT NULL,
	"file_name" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"as_of" text COLLATE "C",
	"mapping" text,
	"summary" text,
	"refusal" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"committed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "sheet_row" (
	"import_id" text COLLATE "C" NOT NULL,
	"row" bigint NOT NULL,
	"outcome" text COLLATE "C" NOT NULL,
	"confirmed" boolean NOT NULL,
	"decision" text NOT NULL,
	"applied_at" bigint,
	CONSTRAINT "sheet_row_import_id_row_pk" PRIMARY KEY("import_id","row")
);
--> statement-breakpoint
CREATE TABLE "upload" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"sha256" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"type" text COLLATE "C" NOT NULL,
	"bytes" bigint NOT NULL,
	"about" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"by_account" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_number" ON "certificate" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_once" ON "certificate" USING btree ("class_id","person_id","kind");--> statement-breakpoint
CREATE INDEX "certificate_person" ON "certificate" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "certificate_path" ON "certificate" USING btree ("path","issued_at");--> statement-breakpoint
CREATE UNIQUE INDEX "registered_certificate_once" ON "registered_certificate" USING btree ("person_id","kind","operation");--> statement-breakpoint
CREATE INDEX "registered_certificate_path" ON "registered_certificate" USING btree ("path");--> statement-breakpoint
CREATE UNIQUE INDEX "attendance_once" ON "attendance" USING btree ("session_id","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "attendance_device" ON "attendance" USING btree ("session_id","device") WHERE device is not null;--> statement-breakpoint
CREATE INDEX "attendance_person" ON "attendance" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "attendance_class" ON "attendance" USING btree ("class_id");--> statement-breakpoint
CREATE UNIQUE INDEX "class_session_half" ON "class_session" USING btree ("class_id","held_on","half");--> statement-breakpoint
CREATE UNIQUE INDEX "enrolment_once" ON "enrolment" USING btree ("class_id","person_id");--> statement-breakpoint
CREATE INDEX "enrolment_person" ON "enrolment" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "outside_training_path" ON "outside_training" USING btree ("path","entered_at");--> statement-breakpoint
CREATE INDEX "outside_training_person_person" ON "outside_training_person" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "training_class_path" ON "training_class" USING btree ("path","starts_on");--> statement-breakpoint
CREATE UNIQUE INDEX "course_slug" ON "course" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "course_path" ON "course" USING btree ("path");--> statement-breakpoint
CREATE UNIQUE INDEX "credit_entry_reverses" ON "credit_entry" USING btree ("reverses");--> statement-breakpoint
CREATE UNIQUE INDEX "credit_entry_once" ON "credit_entry" USING btree ("person_id","evidence") WHERE reverses is null;--> statement-breakpoint
CREATE INDEX "credit_entry_person_year" ON "credit_entry" USING btree ("person_id","year");--> statement-breakpoint
CREATE INDEX "lesson_course" ON "lesson" USING btree ("course_id","ordinal");--> statement-breakpoint
CREATE INDEX "lesson_progress_course" ON "lesson_progress" USING btree ("course_id","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "adoption_once" ON "adoption" USING btree ("pack_id","division_id","from_on");--> statement-breakpoint
CREATE INDEX "adoption_path" ON "adoption" USING btree ("path");--> statement-breakpoint
CREATE UNIQUE INDEX "exemption_once" ON "exemption" USING btree ("person_id","rule_id","year");--> statement-breakpoint
CREATE INDEX "exemption_path" ON "exemption" USING btree ("path","asked_at");--> statement-breakpoint
CREATE UNIQUE INDEX "indicator_ordinal" ON "indicator" USING btree ("plan_id","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "indicator_plan_title" ON "indicator_plan" USING btree ("division_id","title");--> statement-breakpoint
CREATE INDEX "rule_pack_id" ON "rule" USING btree ("pack_id");--> statement-breakpoint
CREATE INDEX "standing_person" ON "standing" USING btree ("person_id","year");--> statement-breakpoint
CREATE INDEX "standing_path" ON "standing" USING btree ("year","path","person_id");--> statement-breakpoint
CREATE INDEX "standing_met" ON "standing" USING btree ("year","roster","met","path","person_id");--> statement-breakpoint
CREATE INDEX "standing_covered" ON "standing" USING btree ("year","roster","covered","path","person_id");--> statement-breakpoint
CREATE INDEX "standing_organization" ON "standing" USING btree ("organization_id","year");--> statement-breakpoint
CREATE UNIQUE INDEX "event_stream_seq" ON "event" USING btree ("stream","seq");--> statement-breakpoint
CREATE INDEX "event_path_at" ON "event" USING btree ("path","at");--> statement-breakpoint
CREATE INDEX "event_actor_at" ON "event" USING btree ("actor_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "attempt_ordinal" ON "attempt" USING btree ("exam_id","person_id","ordinal");--> statement-breakpoint
CREATE INDEX "attempt_person" ON "attempt" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "attempt_due" ON "attempt" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "exam_path" ON "exam" USING btree ("path","opens_at");--> statement-breakpoint
CREATE INDEX "exam_class" ON "exam" USING btree ("class_id");--> statement-breakpoint
CREATE UNIQUE INDEX "question_stem" ON "question" USING btree ("division_id","stem_key");--> statement-breakpoint
CREATE INDEX "question_draw" ON "question" USING btree ("division_id","type","topic","difficulty");--> statement-breakpoint
CREATE UNIQUE INDEX "account_login_name" ON "account" USING btree ("login_name");--> statement-breakpoint
CREATE UNIQUE INDEX "account_person" ON "account" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "account_grant_account" ON "account_grant" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "card_person_issue" ON "card" USING btree ("person_id","issue");--> statement-breakpoint
CREATE UNIQUE INDEX "division_path" ON "division" USING btree ("path");--> statement-breakpoint
CREATE UNIQUE INDEX "division_parent_name" ON "division" USING btree ("parent_id","name");--> statement-breakpoint
CREATE INDEX "division_parent" ON "division" USING btree ("parent_id");--> statement-breakpoint
CREATE UNIQUE INDEX "organization_division_name" ON "organization" USING btree ("division_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "organization_credit_code" ON "organization" USING btree ("credit_code");--> statement-breakpoint
CREATE UNIQUE INDEX "person_id_hash" ON "person" USING btree ("id_hash");--> statement-breakpoint
CREATE INDEX "person_path_pinyin" ON "person" USING btree ("path","pinyin");--> statement-breakpoint
CREATE INDEX "person_phone" ON "person" USING btree ("phone");--> statement-breakpoint
CREATE INDEX "person_merged_into" ON "person" USING btree ("merged_into");--> statement-breakpoint
CREATE INDEX "person_name" ON "person" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "post_current" ON "post" USING btree ("person_id","sameness") WHERE held_until is null;--> statement-breakpoint
CREATE INDEX "post_person" ON "post" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "post_path" ON "post" USING btree ("path");--> statement-breakpoint
CREATE INDEX "post_division" ON "post" USING btree ("division_id");--> statement-breakpoint
CREATE INDEX "post_organization" ON "post" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "session_account" ON "session" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "session_expires" ON "session" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "job_key" ON "job" USING btree ("key");--> statement-breakpoint
CREATE INDEX "job_due" ON "job" USING btree ("done_at","run_at");--> statement-breakpoint
CREATE INDEX "sheet_import_path" ON "sheet_import" USING btree ("path","created_at");--> statement-breakpoint
CREATE INDEX "upload_about" ON "upload" USING btree ("about");